package org.sparring.regularizers;

import java.util.List;
import org.sparring.errors.RegularizerException;
import org.sparring.graph.Host;
import org.sparring.replicas.RandomRows;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The sum of several penalties, each with its own random draws.
 *
 * @param terms at least one
 */
public record Penalties(List<Penalty> terms) implements Penalty {
  public Penalties {
    terms = List.copyOf(terms);
    RegularizerException.require(
        !terms.isEmpty(), "a sum of penalties needs at least one, found none");
  }

  @Override
  public Operand<TFloat32> of(
      Ops tf, Critic critic, Operand<TFloat32> reals, Operand<TFloat32> fakes, RandomRows random) {
    Operand<TFloat32> sum = terms.get(0).of(tf, critic, reals, fakes, random);
    for (int i = 1; i < terms.size(); i++) {
      Ops host = Host.of(tf);
      Operand<TInt64> key = host.math.add(random.key(), host.constant(new long[] {i, 0}));
      RandomRows others = new RandomRows(key, random.replica());
      sum = tf.math.add(sum, terms.get(i).of(tf, critic, reals, fakes, others));
    }
    return sum;
  }

  /**
   * Returns R1 + R2 with the same γ, which pull the gradient norm at real and at generated samples
   * to 0 (R3GAN, Huang et al. 2024, arXiv 2501.05441, section 2.2).
   */
  public static Penalties zeroCentered(float gamma) {
    return new Penalties(List.of(new R1(gamma), new R2(gamma)));
  }
}
