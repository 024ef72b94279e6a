package org.sparring.data;

import java.util.List;
import java.util.Objects;

/**
 * So many images of a source, spread over it: image {@code i} of {@code n} is image ⌊i·N/n⌋ of the
 * source's N, for some data sets are sorted.
 */
public final class FewerImages implements ImageSource {
  private final ImageSource source;
  private final int size;

  /**
   * @param size how many, 1 to as many as there are
   */
  public FewerImages(ImageSource source, int size) {
    Limits.require(
        size >= 1 && size <= source.size(),
        source.name(),
        "a part of 1 to " + source.size() + " images",
        size);
    this.source = source;
    this.size = size;
  }

  @Override
  public String name() {
    return size + " of " + source.name();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public ImageGeometry geometry() {
    return source.geometry();
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    Limits.checkRead(this, index, into, offset);
    source.read(place(index), into, offset);
  }

  @Override
  public int label(int index) {
    return source.label(place(Objects.checkIndex(index, size)));
  }

  @Override
  public int classes() {
    return source.classes();
  }

  @Override
  public List<String> labelNames() {
    return source.labelNames();
  }

  @Override
  public String unlabelled() {
    return source.unlabelled();
  }

  @Override
  public String contentHash() {
    return new ContentHash().text(source.contentHash()).number(size).hex();
  }

  private int place(int index) {
    return (int) ((long) index * source.size() / size);
  }
}
