package org.sparring.runs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sparring.assembly.Assembly;
import org.sparring.assembly.TaskData;
import org.sparring.graph.StridedSize;
import org.sparring.natives.SessionOptions;
import org.sparring.recipes.DeviceKeys;
import org.sparring.telemetry.ProgressDisplay;
import org.sparring.training.TrainingGraph;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.ndarray.Shape;

/**
 * Chooses the form of a new run's 4×4 convolutions of stride 2 with {@code device.convolutions:
 * trial}: for each size, products of patches and kernels if the three products of a step take at
 * most {@value Trials#WORTH} of the time of TensorFlow's.
 *
 * <p>The forms compute the same sums in another order, so weights differ in their last bits. The
 * run's recipe records the choice, so a resumed run computes in the same forms.
 */
final class ConvolutionTrial {
  /** Multiply-adds of a product below which a step gains nothing that can be measured. */
  private static final double LEAST_WORK = 100e6;

  private final Assembly assembly;
  private final TaskData data;

  ConvolutionTrial(Assembly assembly, TaskData data) {
    this.assembly = assembly;
    this.data = data;
  }

  /** Returns the value of the key, and says in one line what was found. */
  String chosen(ProgressDisplay display) {
    if (!assembly.canHaveOtherConvolutions()) {
      display.note(
          "device.convolutions trial: library, because only float32 convolutions of oneDNN have"
              + " another form");
      return DeviceKeys.LIBRARY;
    }
    List<StridedSize> patched = new ArrayList<>();
    sizes()
        .forEach(
            (size, batch) -> {
              if (Trials.isWorth(ratio(size, batch))) {
                patched.add(size);
              }
            });
    String chosen = DeviceKeys.patches(patched);
    display.note("device.convolutions trial: " + chosen);
    return chosen;
  }

  /** Returns the time of the three products by patches ÷ the time of TensorFlow's. */
  private double ratio(StridedSize size, int batch) {
    SessionOptions options = assembly.session();
    try (ConvolutionTimer timer = new ConvolutionTimer(size, batch, options)) {
      return timer.ratio();
    }
  }

  /**
   * Returns the sizes of the large convolutions of a step, with their batches. Other passes, such
   * as that which measures statistics, have other batches.
   */
  Map<StridedSize, Integer> sizes() {
    TrainingGraph training = assembly.graph(data);
    try (Graph graph = training.graph()) {
      Map<StridedSize, Integer> sizes = new TreeMap<>(Comparator.comparing(StridedSize::label));
      GraphOperation step = (GraphOperation) training.steps().plain().done().op();
      graph.subgraphToOps(Set.of(step)).stream()
          .filter(ConvolutionTrial::isStrided)
          .forEach(op -> add(sizes, op));
      return sizes;
    }
  }

  private static boolean isStrided(GraphOperation op) {
    return (op.type().equals("Conv2D") || op.type().equals("Conv2DBackpropInput"))
        && op.attributes().getAttrIntList("strides")[1] == 2;
  }

  private static void add(Map<StridedSize, Integer> sizes, GraphOperation op) {
    Shape image = op.type().equals("Conv2D") ? op.input(0).shape() : op.output(0).shape();
    Shape kernel = op.input(1).shape();
    boolean known = image.get(0) > 0 && image.get(1) > 0 && image.get(1) % 2 == 0;
    if (known && kernel.get(0) == StridedSize.KERNEL) {
      double work = image.size() / 4.0 * kernel.size() / kernel.get(2);
      if (work >= LEAST_WORK) {
        sizes.merge(
            new StridedSize((int) image.get(1), (int) kernel.get(2), (int) kernel.get(3)),
            (int) image.get(0),
            Math::max);
      }
    }
  }
}
