package org.sparring.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparring.tasks.Players;
import org.sparring.tasks.ProbeInputs;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Measures a game from time to time, in addition to the meters of every step: on fixed latent
 * vectors and fixed real samples, outside the step. It writes no variable. The task decides what is
 * measured; see {@link org.sparring.tasks.PairProbe} for the meters of a generator and a
 * discriminator.
 */
public final class Probe {
  private final List<String> names;
  private final Operand<TFloat32> values;

  private Probe(Ops tf, Map<String, Operand<TFloat32>> meters) {
    names = List.copyOf(meters.keySet());
    values = tf.withName("probe").stack(List.copyOf(meters.values()));
  }

  /** What is measured. */
  public List<String> names() {
    return names;
  }

  /** Measures: name to value, in order. */
  public Map<String, Double> read(Session session) {
    try (Result result = session.runner().fetch(values).run()) {
      float[] found = new float[names.size()];
      ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(found);
      Map<String, Double> read = new LinkedHashMap<>();
      for (int i = 0; i < found.length; i++) {
        read.put(names.get(i), (double) found[i]);
      }
      return read;
    }
  }

  /** Adds the ops of a probe to the graph of a game; empty where its task measures nothing. */
  static Optional<Probe> of(Ops tf, Players players, ProbeInputs inputs) {
    Map<String, Operand<TFloat32>> meters = players.networks().probe(tf, inputs);
    return meters.isEmpty() ? Optional.empty() : Optional.of(new Probe(tf, meters));
  }
}
