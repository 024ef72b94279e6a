package org.sparring.training;

import java.util.List;
import org.sparring.games.DiscriminatorOutputs;
import org.sparring.games.Move;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** What each step tells of itself, from numbers it has anyway: a few ops on (batch, 1). */
public final class StepMeters {
  static final int DISCRIMINATOR_LOSS = 0;
  static final int GENERATOR_LOSS = 1;
  static final int REAL_SCORE = 2;
  static final int FAKE_SCORE = 3;
  static final int VALUE = 4;
  static final int REAL_ACCURACY = 5;
  static final int FAKE_ACCURACY = 6;
  static final int PENALTY = 7;
  public static final int COUNT = 8;

  private static final int[] BATCH = {0, 1};

  private StepMeters() {}

  /** The meters in the order of the constants, (8). */
  static Operand<TFloat32> of(Ops tf, Move move) {
    DiscriminatorOutputs verdict = move.verdict();
    Operand<TFloat32> zero = tf.constant(0f);
    return tf.withName("step.meters")
        .stack(
            List.of(
                move.discriminatorLoss(),
                move.generatorLoss(),
                mean(tf, tf.math.sigmoid(verdict.real())),
                mean(tf, tf.math.sigmoid(verdict.fake())),
                value(tf, verdict.real(), verdict.fake()),
                share(tf, tf.math.greater(verdict.real(), zero)),
                share(tf, tf.math.less(verdict.fake(), zero)),
                verdict.penalty().orElse(zero)));
  }

  /** V = E[log D(x)] + E[log(1 − D(G(z)))], scalar. */
  static Operand<TFloat32> value(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    Operand<TFloat32> calledReal = mean(tf, tf.math.softplus(tf.math.neg(real)));
    return tf.math.neg(tf.math.add(calledReal, mean(tf, tf.math.softplus(fake))));
  }

  /** How many of (batch, 1) hold, in [0, 1]. */
  static Operand<TFloat32> share(Ops tf, Operand<TBool> holds) {
    return mean(tf, tf.dtypes.cast(holds, TFloat32.class));
  }

  private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> values) {
    return tf.math.mean(values, tf.constant(BATCH));
  }
}
