package org.sparring.data;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sparring.errors.DataException;
import org.sparring.pictures.ImageGeometry;

/** Decoded images in one array, with or without classes. */
public final class DecodedImages implements ImageSource {
  private final String name;
  private final Contents contents;
  private final boolean whole;

  /**
   * @param pixels {@code (size, height, width, channels)}
   * @param labels the class of each image; all −1 where there are no classes
   * @param classNames by label; empty where classes have no names
   * @param contentHash of what was read
   * @param bad errors of the images that were left out, by file and record
   */
  public record Contents(
      ImageGeometry geometry,
      byte[] pixels,
      int[] labels,
      List<String> classNames,
      String contentHash,
      Map<String, DataException> bad) {

    /** Nothing was left out. */
    public Contents(
        ImageGeometry geometry,
        byte[] pixels,
        int[] labels,
        List<String> classNames,
        String contentHash) {
      this(geometry, pixels, labels, classNames, contentHash, Map.of());
    }
  }

  /**
   * @param whole whether there are no other images that are held out
   */
  public DecodedImages(String name, Contents contents, boolean whole) {
    this.name = name;
    this.contents = contents;
    this.whole = whole;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return contents.labels().length;
  }

  @Override
  public ImageGeometry geometry() {
    return contents.geometry();
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    checkRead(index, into, offset);
    int each = geometry().bytes();
    System.arraycopy(contents.pixels(), index * each, into, offset, each);
  }

  @Override
  public int label(int index) {
    return contents.labels()[Objects.checkIndex(index, size())];
  }

  @Override
  public int classes() {
    return Math.max(contents.classNames().size(), ImageSource.super.classes());
  }

  @Override
  public List<String> labelNames() {
    return contents.classNames().size() == classes()
        ? contents.classNames()
        : ImageSource.super.labelNames();
  }

  @Override
  public boolean isWhole() {
    return whole;
  }

  /** Errors of the images that were left out, by file and record. */
  public Map<String, DataException> bad() {
    return contents.bad();
  }

  @Override
  public String summary() {
    return ImageSource.super.summary() + new Skipped().rest(List.copyOf(contents.bad().keySet()));
  }

  @Override
  public String contentHash() {
    return contents.contentHash();
  }
}
