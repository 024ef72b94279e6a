package org.sparring.nets;

import java.util.ArrayList;
import java.util.List;
import org.sparring.errors.NetException;
import org.sparring.graph.Fans;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.layers.Activations;
import org.sparring.layers.Layer;
import org.sparring.layers.Layers;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A small convolutional classifier of 28×28 grey images: 4×4 stride-2 convolutions halve the map, a
 * 3×3 convolution between two of them looks again at the same scale, each with batch normalisation
 * (Ioffe and Szegedy 2015) and ReLU. Kernels start as He et al. 2015 (equation 10) advise for ReLU.
 *
 * <p>28×28×1 → 14×14×32 → 14×14×32 → 7×7×64 → 7×7×64 → 4×4×128 → 2048 → classes: 232,042 numbers
 * for ten classes, 640 of them running statistics.
 */
public final class ConvClassifier {
  /** Side of the square images. */
  public static final int SIDE = 28;

  private static final List<Long> STRIDE_1 = List.of(1L, 1L, 1L, 1L);
  private static final int[] MAPS = {32, 64, 128};
  private static final long MAP_NUMBERS = 4L * 4 * MAPS[2];

  /** Numbers in the {@link #features features} of an image. */
  public static final int FEATURES = MAPS[2];

  private final Variables made;
  private final Layers layers;
  private final List<Variable<TFloat32>> variables = new ArrayList<>();
  private final Layer body;
  private final Layer head;

  /**
   * Makes the network and its variables, which are {@link Owner#CLASSIFIER}'s.
   *
   * @param classes at least 2
   */
  public ConvClassifier(Variables made, int classes) {
    NetException.require(classes >= 2, "a classifier needs 2 or more classes, found " + classes);
    this.made = made;
    layers = new Layers(made, Owner.CLASSIFIER, Initializer.heNormal());
    body =
        normalized("down0", layers.convolution("down0", 1, MAPS[0]), MAPS[0])
            .then(normalized("same0", sameSide("same0", MAPS[0]), MAPS[0]))
            .then(normalized("down1", layers.convolution("down1", MAPS[0], MAPS[1]), MAPS[1]))
            .then(normalized("same1", sameSide("same1", MAPS[1]), MAPS[1]))
            .then(normalized("down2", layers.convolution("down2", MAPS[1], MAPS[2]), MAPS[2]));
    head =
        Layers.reshape(Shape.of(MAP_NUMBERS))
            .then(layers.dense("logits", MAP_NUMBERS, classes, true));
    variables.addAll(layers.variables());
  }

  /** Every variable it is a function of, running statistics included. */
  public List<Variable<TFloat32>> variables() {
    return List.copyOf(variables);
  }

  /**
   * @param images (n, 28, 28, 1) in [−1, 1]
   * @return unnormalised log-probabilities, (n, classes)
   */
  public Operand<TFloat32> logits(Ops tf, Weights weights, Operand<TFloat32> images, Pass pass) {
    return logits(tf, weights, map(tf, weights, images, pass), pass);
  }

  /**
   * The last ReLU map, which {@link #logits} and {@link #features} are functions of.
   *
   * @param images (n, 28, 28, 1) in [−1, 1]
   * @return (n, 4, 4, 128), 0 or more
   */
  public LastMap map(Ops tf, Weights weights, Operand<TFloat32> images, Pass pass) {
    return new LastMap(body.evaluate(tf, weights, images, pass));
  }

  /** Unnormalised log-probabilities of a map, (n, classes). */
  public Operand<TFloat32> logits(Ops tf, Weights weights, LastMap map, Pass pass) {
    return head.evaluate(tf, weights, map.values(), pass);
  }

  /** The map averaged over its positions: (n, 128), 0 or more. What samples are compared by. */
  public Operand<TFloat32> features(Ops tf, LastMap map) {
    return tf.math.mean(map.values(), tf.constant(new int[] {1, 2}));
  }

  /**
   * The last ReLU map of a batch.
   *
   * @param values (n, 4, 4, 128)
   */
  public record LastMap(Operand<TFloat32> values) {}

  private Layer normalized(String name, Layer convolution, long maps) {
    return convolution.then(layers.batchNormalization(name + "/norm", maps)).then(Layers.relu());
  }

  /** (n, s, s, maps) → (n, s, s, maps): 3×3 kernel, stride 1. */
  private Layer sameSide(String name, long maps) {
    Shape shape = Shape.of(3, 3, maps, maps);
    Variable<TFloat32> kernel =
        made.weight(
            Owner.CLASSIFIER, name + "/kernel", shape, Fans.of(shape), Initializer.heNormal());
    variables.add(kernel);
    return (tf, w, x, pass) ->
        tf.nn.conv2d(x, Activations.like(tf, w.get(kernel), x), STRIDE_1, "SAME");
  }
}
