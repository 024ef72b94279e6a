package org.sparring.nets;

import org.sparring.errors.NetException;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.Variables;
import org.sparring.layers.Layer;
import org.sparring.layers.Layers;
import org.sparring.layers.Normalization;
import org.tensorflow.ndarray.Shape;

/**
 * The deep convolutional pair with 5×5 kernels of the stacked-MNIST experiments (VEEGAN, Srivastava
 * et al. 2017, arXiv 1705.07761; PacGAN, Lin et al. 2018, arXiv 1712.04086, section 4.2).
 *
 * <p>Four halvings, each rounded up: side 28 goes 2, 4, 7, 14, 28 in the generator and backwards in
 * the discriminator. Generator: project and reshape to 8·width maps, then stride-2 transposed
 * convolutions to 4·width, 2·width, width, channels; batch normalisation and ReLU on each but the
 * last, which has tanh. Discriminator: stride-2 convolutions to 1, 2, 4 and 8 times its width with
 * LeakyReLU .2, batch normalisation on all but the first, then a linear layer. Kernels start from
 * N(0, .02²). The protocol has side 28, three channels and both widths 64.
 *
 * @param side of the square images, 16 to 256
 * @param channels of the images, 1 to 4
 * @param width channels of the generator's largest hidden map, at least 1
 * @param latent length of z, at least 1
 * @param form of the discriminator; its width is the channels of its largest map
 */
public record Dcgan5(int side, int channels, int width, int latent, DiscriminatorForm form)
    implements Architecture {
  private static final int FIELD = 5;
  private static final int LEVELS = 4;

  public Dcgan5 {
    NetException.require(
        side >= 16 && side <= 256,
        "a DCGAN of 5×5 kernels needs a side of 16 to 256, found " + side);
    NetException.require(
        channels >= 1 && channels <= 4, "channels must be 1 to 4, found " + channels);
    NetException.require(width >= 1, "width must be at least 1, found " + width);
    NetException.require(latent >= 1, "latent must be at least 1, found " + latent);
  }

  /** The discriminator of the protocol: as wide as the generator, with batch normalisation. */
  public Dcgan5(int side, int channels, int width, int latent) {
    this(side, channels, width, latent, DiscriminatorForm.mirroring(width, Normalization.BATCH));
  }

  /** Makes the generator and its variables. */
  @Override
  public Generator generator(Variables variables) {
    Layers layers = new Layers(variables, Owner.GENERATOR, kernels());
    long maps = (long) width << (LEVELS - 1);
    Shape smallest = Shape.of(sideAt(LEVELS), sideAt(LEVELS), maps);
    Layer net =
        layers
            .dense("project", latent, smallest.size(), false) // (batch, s·s·maps)
            .then(Layers.reshape(smallest)) // (batch, s, s, maps)
            .then(layers.normalized("project", maps))
            .then(Layers.relu());
    for (int level = LEVELS - 1; level > 0; level--) {
      String name = "up" + (LEVELS - 1 - level);
      net =
          net.then(layers.transposedConvolution(name, FIELD, sideAt(level), maps, maps / 2))
              .then(layers.normalized(name, maps / 2))
              .then(Layers.relu());
      maps /= 2;
    }
    String last = "up" + (LEVELS - 1);
    net =
        net.then(layers.transposedConvolution(last, FIELD, side, maps, channels))
            .then(Layers.full())
            .then(layers.bias(last, channels))
            .then(Layers.tanh());
    return new LayeredGenerator(net, latent, Shape.of(side, side, channels), layers.variables());
  }

  /** Makes the discriminator and its variables. */
  @Override
  public Discriminator discriminator(Variables variables) {
    Layers layers = new Layers(variables, Owner.DISCRIMINATOR, kernels(), form.normalization());
    long maps = form.width();
    Layer net =
        layers
            .convolution("down0", FIELD, (long) channels * form.packing(), maps)
            .then(layers.entrance("down0", maps))
            .then(Layers.leakyRelu());
    for (int level = 1; level < LEVELS; level++) {
      String name = "down" + level;
      net =
          net.then(layers.convolution(name, FIELD, maps, 2 * maps))
              .then(layers.normalized(name, 2 * maps))
              .then(Layers.leakyRelu());
      maps *= 2;
    }
    long features = sideAt(LEVELS) * sideAt(LEVELS) * maps;
    return form.headed(layers, net.then(Layers.reshape(Shape.of(features))), features);
  }

  /** Returns the side of the map after this number of halvings, each rounded up. */
  private long sideAt(int halvings) {
    long s = side;
    for (int i = 0; i < halvings; i++) {
      s = (s + 1) / 2;
    }
    return s;
  }

  private static Initializer kernels() {
    return Initializer.normal(Dcgan.KERNEL_DEVIATION);
  }
}
