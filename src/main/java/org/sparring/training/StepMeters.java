package org.sparring.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparring.games.Losses;
import org.sparring.replicas.Exchange;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What a step returns. Of several devices it is the mean over them, so that all of them see the
 * same divergence, adapt alike and end together.
 *
 * @param losses and meters as scalars
 * @param values (width), in the order of the names, then the votes of several devices
 */
record StepMeters(Losses losses, List<String> names, Operand<TFloat32> values) {

  static StepMeters of(Ops tf, Losses own, Optional<StopVotes> votes, Exchange exchange) {
    Map<String, Operand<TFloat32>> named = new LinkedHashMap<>();
    named.put(StepReport.DISCRIMINATOR_LOSS, own.discriminator());
    named.put(StepReport.GENERATOR_LOSS, own.generator());
    named.putAll(own.meters());
    List<String> names = List.copyOf(named.keySet());
    Ops there = tf.withName("step.meters");
    if (votes.isEmpty()) {
      return new StepMeters(own, names, there.stack(List.copyOf(named.values())));
    }
    List<Operand<TFloat32>> shared = new ArrayList<>(named.values());
    shared.add(votes.get().read(tf));
    List<Operand<TFloat32>> means = exchange.means(tf, shared);
    List<Operand<TFloat32>> scalars = means.subList(0, names.size());
    Operand<TFloat32> all =
        there.concat(List.of(tf.stack(scalars), means.get(names.size())), tf.constant(0));
    return new StepMeters(losses(names, scalars), names, all);
  }

  private static Losses losses(List<String> names, List<Operand<TFloat32>> means) {
    Map<String, Operand<TFloat32>> meters = new LinkedHashMap<>();
    for (int i = 2; i < names.size(); i++) {
      meters.put(names.get(i), means.get(i));
    }
    return new Losses(means.get(1), means.get(0), meters);
  }
}
