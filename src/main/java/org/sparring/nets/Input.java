package org.sparring.nets;

import java.util.List;
import java.util.stream.Collectors;
import org.sparring.errors.NetException;
import org.sparring.graph.Batch;
import org.tensorflow.ndarray.Shape;

/**
 * A named input of a network.
 *
 * @param name such as {@code latent}, {@code label}, {@code image} or {@code sequence}
 * @param shape of one sample, without the batch
 * @param classes number of classes of an input of class numbers, int32 from 0; 0 for an input of
 *     real numbers, float32
 */
public record Input(String name, Shape shape, int classes) {
  /** Name of the latent vectors, (batch, latent). */
  public static final String LATENT = "latent";

  /** Name of the class labels, (batch), from 0. */
  public static final String LABEL = "label";

  /** An input of real numbers. */
  public static Input floats(String name, Shape shape) {
    return new Input(name, shape, 0);
  }

  /**
   * Latent vectors.
   *
   * @param size length of a vector, at least 1
   */
  public static Input latent(long size) {
    return floats(LATENT, Shape.of(size));
  }

  /** Class labels. */
  public static Input label(int classes) {
    return new Input(LABEL, Shape.scalar(), classes);
  }

  /**
   * Refuses a batch that lacks an input, or has one that a network would ignore.
   *
   * @param expected all inputs of the network
   * @throws NetException naming both
   */
  public static void require(List<Input> expected, Batch found) {
    List<String> names = expected.stream().map(Input::name).sorted().toList();
    List<String> given = found.names().stream().sorted().toList();
    NetException.require(
        names.equals(given),
        "expected the inputs " + joined(names) + " of the network, found " + joined(given));
  }

  private static String joined(List<String> names) {
    return names.isEmpty() ? "none" : names.stream().collect(Collectors.joining(", "));
  }
}
