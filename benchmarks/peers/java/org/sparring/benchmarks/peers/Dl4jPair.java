package org.sparring.benchmarks.peers;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.learning.config.Adam;
import org.sparring.benchmarks.timing.Work;

/** The two networks of {@code org.sparring.nets.Dcgan} in Deeplearning4j's layers. */
final class Dl4jPair {
  private static final double LEAK = 0.2;
  private static final double KERNEL_DEVIATION = 0.02;
  private static final int BASE = 4;

  private Dl4jPair() {}

  /** (n, latent) → (n, channels, side, side) in [−1, 1]. */
  static MultiLayerNetwork generator(Work work) {
    int maps = work.deepest();
    NeuralNetConfiguration.ListBuilder net =
        start()
            .layer(new DenseLayer.Builder().nOut(maps * BASE * BASE).hasBias(false).build())
            .inputPreProcessor(1, new FeedForwardToCnnPreProcessor(BASE, BASE, maps))
            .layer(normalization())
            .layer(new ActivationLayer(Activation.RELU));
    for (int level = 0; level < work.levels() - 1; level++) {
      maps /= 2;
      net.layer(up(maps).hasBias(false).build())
          .layer(normalization())
          .layer(new ActivationLayer(Activation.RELU));
    }
    net.layer(up(work.channels()).hasBias(true).build())
        .layer(new ActivationLayer(Activation.TANH));
    return made(net.setInputType(InputType.feedForward(work.latent())).build());
  }

  /** (n, channels, side, side) → (n, 1) logits. */
  static MultiLayerNetwork discriminator(Work work) {
    int maps = work.width();
    IActivation leaky = new ActivationLReLU(LEAK);
    NeuralNetConfiguration.ListBuilder net =
        start().layer(down(maps)).layer(new ActivationLayer(leaky));
    for (int level = 1; level < work.levels(); level++) {
      maps *= 2;
      net.layer(down(maps)).layer(normalization()).layer(new ActivationLayer(leaky));
    }
    net.layer(new DenseLayer.Builder().nOut(1).hasBias(true).build());
    return made(
        net.setInputType(InputType.convolutional(work.side(), work.side(), work.channels()))
            .build());
  }

  private static NeuralNetConfiguration.ListBuilder start() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Adam(2e-4, 0.5, 0.999, 1e-8))
        .miniBatch(false) // the losses are means already
        .weightInit(new NormalDistribution(0, KERNEL_DEVIATION))
        .activation(new ActivationIdentity())
        .convolutionMode(ConvolutionMode.Truncate)
        .list();
  }

  private static ConvolutionLayer down(int maps) {
    return new ConvolutionLayer.Builder(4, 4)
        .stride(2, 2)
        .padding(1, 1)
        .nOut(maps)
        .hasBias(false)
        .build();
  }

  private static Deconvolution2D.Builder up(int maps) {
    return new Deconvolution2D.Builder(4, 4).stride(2, 2).padding(1, 1).nOut(maps);
  }

  private static BatchNormalization normalization() {
    return new BatchNormalization.Builder().eps(1e-5).decay(0.9).build();
  }

  private static MultiLayerNetwork made(MultiLayerConfiguration configuration) {
    MultiLayerNetwork net = new MultiLayerNetwork(configuration);
    net.init();
    return net;
  }
}
