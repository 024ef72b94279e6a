package org.sparring.benchmarks.timing;

import java.util.ArrayList;
import java.util.List;

/**
 * Lower bound of the cost of a step of a {@link Work}, for any engine.
 *
 * <p>Counts the multiply-adds of the dense and convolution layers. A trained layer has three times
 * those in its forward pass: forward, gradient with respect to the weights, gradient with respect
 * to the input. The first layer needs no input gradient.
 *
 * <p>Counts the bytes of the same passes, each of which reads its two operands and writes its
 * product once, and of Adam, which reads four numbers per weight and writes three. Normalisations
 * and activations are assumed to be fused into the passes, so the result is a lower bound.
 *
 * @param multiplyAdds of a step
 * @param bytes of a step that are read from or written to memory
 */
public record StepCost(double multiplyAdds, double bytes) {
  private static final int BASE = 4;
  private static final int KERNEL = 16; // 4×4
  private static final int FLOAT = 4;
  private static final int ADAM_MOVES = 7;

  /**
   * The cost of one layer for one batch.
   *
   * @param products multiply-adds of the forward pass
   * @param in number of input elements
   * @param out number of output elements
   * @param weights number of elements of the kernel
   */
  private record Layer(double products, double in, double out, double weights) {
    /**
     * Returns the number of elements that a pass moves: it reads two of input, output and kernel,
     * and writes the third.
     */
    double moved() {
      return in + out + weights;
    }
  }

  /**
   * Returns the cost of a step.
   *
   * @param rule {@code alternating} or {@code simultaneous}
   * @param bytesPerNumber bytes per element of activations and kernels: 4, or 2 in bfloat16
   */
  public static StepCost of(Work work, String rule, int bytesPerNumber) {
    boolean shared = rule.equals("simultaneous");
    double products = 0;
    double numbers = 0;
    List<Layer> generator = generator(work);
    for (int i = 0; i < generator.size(); i++) {
      int passes = i == 0 ? 2 : 3;
      products += passes * generator.get(i).products;
      numbers += passes * generator.get(i).moved();
    }
    List<Layer> discriminator = discriminator(work);
    for (int i = 0; i < discriminator.size(); i++) {
      // the discriminator's step trains on real and generated images; the generator's step needs
      // the input gradient, and also a new forward pass if the discriminator has been updated
      int passes = 2 * (i == 0 ? 2 : 3) + (shared ? 1 : 2);
      products += passes * discriminator.get(i).products;
      numbers += passes * discriminator.get(i).moved();
    }
    double weights = work.generatorParameters() + (double) work.discriminatorParameters();
    return new StepCost(products, bytesPerNumber * numbers + ADAM_MOVES * FLOAT * weights);
  }

  /** Returns the floating-point operations; a multiply-add counts as two. */
  public double flops() {
    return 2 * multiplyAdds;
  }

  private static List<Layer> generator(Work work) {
    List<Layer> layers = new ArrayList<>();
    layers.add(dense(work.batch(), work.latent(), BASE * BASE * work.deepest()));
    int side = BASE;
    int maps = work.deepest();
    for (int level = 0; level < work.levels(); level++) {
      int out = level == work.levels() - 1 ? work.channels() : maps / 2;
      layers.add(convolution(work.batch(), side, maps, out));
      side *= 2;
      maps /= 2;
    }
    return layers;
  }

  private static List<Layer> discriminator(Work work) {
    List<Layer> layers = new ArrayList<>();
    int side = work.side();
    int in = work.channels();
    for (int level = 0; level < work.levels(); level++) {
      int out = work.width() << level;
      side /= 2;
      layers.add(convolution(work.batch(), side, out, in));
      in = out;
    }
    layers.add(dense(work.batch(), BASE * BASE * in, 1));
    return layers;
  }

  private static Layer dense(int batch, double in, double out) {
    return new Layer(batch * in * out, batch * in, batch * out, in * out);
  }

  /**
   * Returns the cost of a convolution or a transposed convolution.
   *
   * @param side side of the smaller maps
   * @param deep channels of the smaller maps
   * @param shallow channels of the larger maps
   */
  private static Layer convolution(int batch, double side, double deep, double shallow) {
    double pixels = batch * side * side;
    double weights = KERNEL * deep * shallow;
    return new Layer(pixels * weights, pixels * deep, 4 * pixels * shallow, weights);
  }
}
