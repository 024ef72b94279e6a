package org.sparring.nets;

import java.util.List;
import java.util.Optional;
import org.sparring.graph.Batch;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Layer;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A discriminator that also predicts the class of each sample (Odena et al. 2017, arXiv 1610.09585,
 * section 4). It does not receive the labels; the loss compares its predictions with them.
 *
 * @param features samples → (batch, features)
 * @param logit (batch, features) → (batch, 1)
 * @param classifier (batch, features) → (batch, classes), unnormalised log-probabilities
 */
record AuxiliaryDiscriminator(
    Layer features, Layer logit, Layer classifier, List<Variable<TFloat32>> variables)
    implements Discriminator {
  @Override
  public Judgement judgement(
      Ops tf, Weights weights, Operand<TFloat32> x, Batch conditions, Pass pass) {
    Operand<TFloat32> seen = features.evaluate(tf, weights, x, pass);
    Pass head = pass.full();
    return new Judgement(
        logit.evaluate(tf, weights, seen, head),
        Optional.of(classifier.evaluate(tf, weights, seen, head)));
  }
}
