package org.sparring.translators;

import org.sparring.graph.Variables;
import org.sparring.nets.Generator;
import org.sparring.nets.Input;
import org.tensorflow.ndarray.Shape;

/**
 * An architecture of networks from images to images, of any height and width. Such a network is a
 * {@link Generator} with the one input {@code image}, in [−1, 1].
 */
public interface Translator {
  /** Name of the input. */
  String IMAGE = "image";

  /** Creates a network of the generator player. */
  Generator create(Variables variables);

  /** Height and width of an output, divided by those of the input. */
  default int scale() {
    return 1;
  }

  /** Height and width of an input must be a multiple of this. */
  default int multiple() {
    return 1;
  }

  /**
   * Pixels of the input, in each direction, that an output pixel depends on; −1 where it depends on
   * the whole image.
   */
  int reach();

  /** Images of unknown size. */
  static Shape anySize(int channels) {
    return Shape.of(Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE, channels);
  }

  /** The input of a network. */
  static Input input(int channels) {
    return Input.floats(IMAGE, anySize(channels));
  }
}
