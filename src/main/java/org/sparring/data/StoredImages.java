package org.sparring.data;

import java.util.Objects;
import java.util.stream.IntStream;
import org.sparring.pictures.ContentHash;
import org.sparring.pictures.Fit;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Limits;
import org.sparring.pictures.Picture;

/** Labelled images, decoded in one array. */
public abstract class StoredImages implements ImageSource {
  private final String name;
  private final Decoded images;
  private String contentHash;

  /**
   * @param pixels {@code (size, height, width, channels)}
   * @param labels {@code (size)}, each 0–127
   */
  public record Decoded(ImageGeometry geometry, byte[] pixels, byte[] labels) {

    /** Returns the images after {@code fit}, each on its own and in parallel. */
    public Decoded fitted(Fit fit, String name) {
      ImageGeometry to = fit.geometry(geometry);
      if (to.equals(geometry)) {
        return this;
      }
      int each = to.bytes();
      byte[] fitted = new byte[Limits.arrayLength(name, labels.length, each)];
      IntStream.range(0, labels.length)
          .parallel()
          .forEach(
              i -> System.arraycopy(fit.apply(picture(i)).pixels(), 0, fitted, i * each, each));
      return new Decoded(to, fitted, labels);
    }

    private Picture picture(int index) {
      byte[] one = new byte[geometry.bytes()];
      System.arraycopy(pixels, index * one.length, one, 0, one.length);
      return new Picture(geometry, one);
    }
  }

  public StoredImages(String name, Decoded images) {
    this.name = name;
    this.images = images;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final int size() {
    return images.labels().length;
  }

  @Override
  public final ImageGeometry geometry() {
    return images.geometry();
  }

  @Override
  public final void read(int index, byte[] into, int offset) {
    checkRead(index, into, offset);
    int each = geometry().bytes();
    System.arraycopy(images.pixels(), index * each, into, offset, each);
  }

  @Override
  public final int label(int index) {
    return images.labels()[Objects.checkIndex(index, size())];
  }

  @Override
  public final byte[] pixels() {
    return images.pixels().clone();
  }

  @Override
  public final synchronized String contentHash() {
    if (contentHash == null) {
      contentHash =
          new ContentHash()
              .geometry(geometry())
              .bytes(images.pixels())
              .bytes(images.labels())
              .hex();
    }
    return contentHash;
  }
}
