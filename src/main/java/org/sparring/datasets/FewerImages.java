package org.sparring.datasets;

import java.util.Objects;
import org.sparring.data.ForwardingImages;
import org.sparring.data.ImageSource;
import org.sparring.pictures.ContentHash;
import org.sparring.pictures.Limits;

/**
 * A fixed number of images of a source, spread evenly over it because some data sets are sorted:
 * image {@code i} of {@code n} is image ⌊i·N/n⌋ of the source's N.
 */
public final class FewerImages extends ForwardingImages {
  private final int size;

  /**
   * @param size number of images, from 1 to the size of the source
   */
  public FewerImages(ImageSource source, int size) {
    super(source);
    Limits.require(
        size >= 1 && size <= source.size(),
        source.name(),
        "a part of 1 to " + source.size() + " images",
        size);
    this.size = size;
  }

  @Override
  public String name() {
    return size + " of " + source().name();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    checkRead(index, into, offset);
    source().read(place(index), into, offset);
  }

  @Override
  public int label(int index) {
    return source().label(place(Objects.checkIndex(index, size)));
  }

  @Override
  public String contentHash() {
    return new ContentHash().text(source().contentHash()).number(size).hex();
  }

  private int place(int index) {
    return (int) ((long) index * source().size() / size);
  }
}
