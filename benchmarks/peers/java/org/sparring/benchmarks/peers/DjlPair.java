package org.sparring.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.initializer.NormalInitializer;
import org.sparring.benchmarks.timing.Work;

/** The two networks of {@code org.sparring.nets.Dcgan} in DJL's blocks. */
final class DjlPair {
  private static final float LEAK = 0.2f;
  private static final float KERNEL_DEVIATION = 0.02f;
  private static final int BASE = 4;

  private DjlPair() {}

  /** (n, latent) → (n, channels, side, side) in [−1, 1]. */
  static Block generator(Work work, TransposedConvolution operation) {
    long maps = work.deepest();
    SequentialBlock net =
        new SequentialBlock()
            .add(Linear.builder().setUnits(maps * BASE * BASE).optBias(false).build())
            .add(reshaped(maps, BASE, BASE))
            .add(normalization())
            .add(Activation.reluBlock());
    for (int level = 0; level < work.levels() - 1; level++) {
      net.add(new UpBlock(operation, maps, maps / 2))
          .add(normalization())
          .add(Activation.reluBlock());
      maps /= 2;
    }
    net.add(new UpBlock(operation, maps, work.channels()))
        .add(new BiasBlock(work.channels()))
        .add(Activation.tanhBlock());
    return starting(net);
  }

  /** (n, channels, side, side) → (n, 1) logits. */
  static Block discriminator(Work work) {
    long maps = work.width();
    SequentialBlock net =
        new SequentialBlock().add(down(maps)).add(Activation.leakyReluBlock(LEAK));
    for (int level = 1; level < work.levels(); level++) {
      maps *= 2;
      net.add(down(maps)).add(normalization()).add(Activation.leakyReluBlock(LEAK));
    }
    net.add(Blocks.batchFlattenBlock()).add(Linear.builder().setUnits(1).build());
    return starting(net);
  }

  /** E[softplus(−logit)]: what it costs to be called real, or to call it so. */
  static NDArray calledReal(NDArray logits) {
    return Activation.softPlus(logits.neg()).mean();
  }

  /** E[softplus(logit)]. */
  static NDArray calledFake(NDArray logits) {
    return Activation.softPlus(logits).mean();
  }

  private static Block down(long maps) {
    return Conv2d.builder()
        .setKernelShape(new Shape(4, 4))
        .optStride(new Shape(2, 2))
        .optPadding(new Shape(1, 1))
        .optBias(false)
        .setFilters((int) maps)
        .build();
  }

  private static Block normalization() {
    return BatchNorm.builder().build(); // DJL's defaults are the engine's: ε 1e-5, .9
  }

  private static Block reshaped(long... sample) {
    return new LambdaBlock(
        inputs -> {
          NDArray x = inputs.singletonOrThrow();
          return new NDList(x.reshape(new Shape(x.getShape().get(0)).addAll(new Shape(sample))));
        });
  }

  private static Block starting(SequentialBlock net) {
    net.setInitializer(new NormalInitializer(KERNEL_DEVIATION), Parameter.Type.WEIGHT);
    return net;
  }
}
