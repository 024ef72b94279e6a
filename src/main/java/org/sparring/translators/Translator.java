package org.sparring.translators;

import org.sparring.graph.Variables;
import org.sparring.nets.Generator;
import org.sparring.nets.Input;
import org.sparring.nets.PictureForm;
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

  /** How the output depends on the input. */
  PictureForm form();

  /** Images of unknown size. */
  static Shape anySize(int channels) {
    return Shape.of(Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE, channels);
  }

  /** The input of a network. */
  static Input input(int channels) {
    return Input.floats(IMAGE, anySize(channels));
  }
}
