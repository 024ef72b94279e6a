package org.sparring.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import java.util.List;
import java.util.Locale;

/** A network in DJL and its Adam. */
final class DjlPlayer {
  private static final float RATE = 2e-4f;
  private static final float BETA1 = 0.5f;
  private static final float BETA2 = 0.999f;

  private final Block net;
  private final ParameterStore store;
  private final List<Parameter> weights;
  private final Adam adam =
      Adam.builder()
          .optLearningRateTracker(Tracker.fixed(RATE))
          .optBeta1(BETA1)
          .optBeta2(BETA2)
          .optEpsilon(1e-8f)
          .build();

  DjlPlayer(NDManager manager, Block net, Shape input) {
    this.net = net;
    net.initialize(manager, DataType.FLOAT32, input);
    store = new ParameterStore(manager, false);
    weights = net.getParameters().values().stream().filter(Parameter::requiresGradient).toList();
  }

  NDArray of(NDArray x) {
    return net.forward(store, new NDList(x), true).singletonOrThrow();
  }

  /** One step of Adam along the gradients that are there; they are zero afterwards. */
  void move() {
    for (Parameter weight : weights) {
      try (NDArray gradient = weight.getArray().getGradient()) {
        adam.update(weight.getId(), weight.getArray(), gradient);
      }
    }
  }

  /**
   * Whether gradients pass through the weights without being taken with respect to them. In the
   * generator's step the discriminator must be frozen: otherwise the gradients accumulated there
   * would be part of its next gradient.
   */
  void freeze(boolean frozen) {
    weights.forEach(weight -> weight.freeze(frozen));
  }

  long parameters() {
    return weights.stream().mapToLong(weight -> weight.getArray().size()).sum();
  }

  /** Changes with any weight, all but surely. */
  String digest() {
    StringBuilder digest = new StringBuilder();
    for (Parameter weight : weights) {
      try (NDArray squares = weight.getArray().square();
          NDArray sum = squares.sum()) {
        digest.append(String.format(Locale.ROOT, "%x ", Float.floatToIntBits(sum.getFloat())));
      }
    }
    return digest.toString();
  }
}
