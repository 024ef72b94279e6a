package org.sparring.translation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.sparring.graph.ScratchGraph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The terms of a loss by their names, computed in double from images and logits. */
final class LossTerms {
  private record Term(List<Operand<TFloat32>> parts, ToDoubleFunction<List<float[]>> value) {}

  /** The terms of both players' losses. */
  record Both(LossTerms generator, LossTerms discriminator) {
    Both() {
      this(new LossTerms(), new LossTerms());
    }
  }

  private final Map<String, Term> terms = new LinkedHashMap<>();

  /**
   * Adds a term.
   *
   * @param value of the parts
   * @param parts images or logits
   */
  LossTerms with(
      String name, ToDoubleFunction<List<float[]>> value, List<Operand<TFloat32>> parts) {
    terms.put(name, new Term(parts, value));
    return this;
  }

  /** Adds weight times the mean absolute difference of images. */
  LossTerms difference(String name, double weight, Operand<TFloat32> a, Operand<TFloat32> b) {
    return with(name, images -> weight * difference(images.get(0), images.get(1)), List.of(a, b));
  }

  /** The terms at the weights that the graph is fed. */
  Map<String, Double> values(ScratchGraph graph) {
    List<Operand<TFloat32>> all =
        terms.values().stream().flatMap(term -> term.parts.stream()).distinct().toList();
    List<float[]> found = graph.floats(all);
    Map<String, Double> values = new LinkedHashMap<>();
    terms.forEach(
        (name, term) -> {
          List<float[]> own = term.parts.stream().map(all::indexOf).map(found::get).toList();
          values.put(name, term.value.applyAsDouble(own));
        });
    return values;
  }

  private static double difference(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((double) a[i] - b[i]);
    }
    return sum / a.length;
  }
}
