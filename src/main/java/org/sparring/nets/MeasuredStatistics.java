package org.sparring.nets;

import java.util.Map;
import org.sparring.graph.Batch;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The batch statistics that belong to given weights, measured: the moments that the generator's own
 * activations have over {@value #DRAWS} draws of the prior.
 *
 * <p>Averaged weights need this. Activations of an average have less variance than the average of
 * the activations' variances; normalised by averaged running moments, images come out washed out
 * (Izmailov et al. 2018, arXiv 1803.05407, section 3.2, recompute the statistics for this reason).
 */
public final class MeasuredStatistics {
  static final int DRAWS = 512;

  private static final Seeds SEEDS = new Seeds(0);

  private MeasuredStatistics() {}

  /** Every running statistic of the generator with its measured value at the weights. */
  public static Map<Variable<TFloat32>, Operand<TFloat32>> of(
      Ops tf, Generator generator, Weights weights, Latent latent) {
    Pass pass = Pass.measuring();
    Operand<TFloat32> z = latent.sample(tf, DRAWS, SEEDS.once(tf, "statistics"));
    Batch inputs = LabelInput.inOrder(tf, generator, DRAWS).with(Input.LATENT, z);
    generator.generate(tf, weights, inputs, pass);
    return pass.statistics();
  }
}
