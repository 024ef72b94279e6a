package org.sparring.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparring.graph.Host;
import org.sparring.training.TrainingListener.Ending;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * Lets several devices end after the same step. A device that wants to end writes its vote into a
 * variable before its next call. The step averages the votes with its meters, so all devices read
 * the same result after the same step.
 */
public final class StopVotes {
  /** Endings that a single device may want; the others are seen by all devices. */
  private static final List<Ending> ENDINGS =
      List.of(Ending.INTERRUPTED, Ending.ALARMED, Ending.STOPPED_EARLY);

  private static final String NAME = "run/stop_votes";

  private final VarHandleOp variable;
  private final Op none;
  private final List<Op> casts = new ArrayList<>();

  /** Adds the variable of the votes; it is not part of checkpoints. */
  StopVotes(Ops tf) {
    Ops host = Host.of(tf);
    Shape shape = Shape.of(ENDINGS.size());
    variable = host.varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName(NAME));
    none = host.assignVariableOp(variable, host.constant(new float[ENDINGS.size()]));
    for (int i = 0; i < ENDINGS.size(); i++) {
      float[] vote = new float[ENDINGS.size()];
      vote[i] = 1;
      casts.add(host.assignVariableOp(variable, host.constant(vote)));
    }
  }

  /** Returns this device's votes, one for each ending. */
  Operand<TFloat32> read(Ops tf) {
    return Host.of(tf).readVariableOp(variable, TFloat32.class);
  }

  /** Removes this device's votes. */
  void clear(Session session) {
    session.run(none);
  }

  /** Votes for an ending, from the next call on. */
  void cast(Session session, Ending ending) {
    session.run(casts.get(ENDINGS.indexOf(ending)));
  }

  /**
   * Returns how the devices end, if any of them has voted.
   *
   * @param meters of the steps of a call, one step after another
   * @param from index of the votes of the call's last step
   */
  static Optional<Ending> result(float[] meters, int from) {
    for (int i = 0; i < ENDINGS.size(); i++) {
      if (meters[from + i] > 0) {
        return Optional.of(ENDINGS.get(i));
      }
    }
    return Optional.empty();
  }
}
