package org.sparring.nets;

import java.util.List;
import org.sparring.graph.Batch;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A map from samples to logits; D(x) of the literature is the sigmoid of the logit. */
public interface Discriminator {

  /** Every float variable it is a function of, batch statistics included. */
  List<Variable<TFloat32>> variables();

  /**
   * @param weights values of {@link #variables()}
   * @param samples (batch, sample shape); images in [−1, 1]
   * @param conditions what the samples were made from, such as the class labels of a conditional
   *     discriminator
   */
  Judgement judgement(
      Ops tf, Weights weights, Operand<TFloat32> samples, Batch conditions, Pass pass);

  /**
   * Judges samples without class labels.
   *
   * @return logits, (batch, 1): positive for real, negative for generated
   */
  default Operand<TFloat32> judge(Ops tf, Weights weights, Operand<TFloat32> samples, Pass pass) {
    return judgement(tf, weights, samples, Batch.NONE, pass).logits();
  }
}
