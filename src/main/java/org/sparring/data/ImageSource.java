package org.sparring.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.sparring.errors.DataException;
import org.sparring.pictures.ImageGeometry;

/**
 * Images of one geometry, by index. Safe for use from many threads. Two sources with the same
 * {@link #contentHash()} hold the same images in the same order.
 */
public interface ImageSource extends Dataset {
  /** The shape of every image. */
  ImageGeometry geometry();

  /**
   * Writes image {@code index} as unsigned 8-bit values, {@code (height, width, channels)}
   * row-major, to {@code into[offset .. offset + geometry().bytes())}.
   *
   * @throws IndexOutOfBoundsException if there is no such image, or no room in {@code into}
   * @throws DataException if the image cannot be read
   */
  void read(int index, byte[] into, int offset);

  /** Refuses an index without an image, and a target without room for one. */
  default void checkRead(int index, byte[] into, int offset) {
    Objects.checkIndex(index, size());
    Objects.checkFromIndexSize(offset, geometry().bytes(), into.length);
  }

  /** The class of image {@code index}, or −1 where the images are unlabelled. */
  int label(int index);

  /** One more than the highest label; 0 where no image has one. */
  default int classes() {
    return IntStream.range(0, size()).map(this::label).max().orElse(-1) + 1;
  }

  @Override
  default List<String> labelNames() {
    return ClassNames.numbers(classes());
  }

  /** Whether the data set has no parts, so that both splits are all its images. */
  default boolean isWhole() {
    return false;
  }

  @Override
  default String unlabelled() {
    return "images without classes";
  }

  @Override
  default String summary() {
    int classes = classes();
    return size() + " images" + (classes == 0 ? "" : ", " + ClassNames.summary(labelNames()));
  }

  /** The image, and the label where the images have classes. */
  @Override
  default List<Field> fields() {
    Field image = Field.image(Field.IMAGE, geometry());
    int classes = classes();
    return classes == 0 ? List.of(image) : List.of(image, Field.classes(Field.LABEL, classes));
  }

  @Override
  default Field sample() {
    return Field.image(Field.IMAGE, geometry());
  }

  @Override
  default void read(int index, Field field, ByteBuffer into) {
    switch (field.name()) {
      case Field.IMAGE -> {
        if (into.hasArray()) {
          read(index, into.array(), into.arrayOffset() + into.position());
          into.position(into.position() + geometry().bytes());
        } else {
          byte[] image = new byte[geometry().bytes()];
          read(index, image, 0);
          into.put(image);
        }
      }
      case Field.LABEL -> into.putInt(label(index));
      default -> field(field.name()); // refuses it
    }
  }

  /**
   * All images, {@code (size, height, width, channels)}, read in parallel.
   *
   * @throws DataException if they do not fit one array of 2^31 − 9 bytes
   */
  default byte[] pixels() {
    return readAll(sample()).array();
  }
}
