package org.sparring.replicas;

import java.util.List;
import org.sparring.graph.Collectives;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How the devices that train together combine their values. All devices build the same calls in the
 * same order. The results can be differentiated: see {@link Collectives}.
 */
public interface Exchange {
  /** The exchange of a single device: every value is returned unchanged. */
  Exchange NONE = new SingleExchange();

  /** The part of every minibatch that this device trains on. */
  Replica replica();

  /** Returns the means over the devices, in the same order and shapes. */
  List<Operand<TFloat32>> means(Ops tf, List<Operand<TFloat32>> own);

  /**
   * Returns the values of all devices in the order of their ranks, (devices, shape).
   *
   * @param own of this device; the shape must be known
   */
  Operand<TFloat32> all(Ops tf, Operand<TFloat32> own);

  /**
   * The ops behind this exchange.
   *
   * @throws org.sparring.errors.GraphException on a single device, which has none
   */
  Collectives collectives();

  /** Announces ops that run without those built so far, such as another form of the step. */
  void anotherForm();
}
