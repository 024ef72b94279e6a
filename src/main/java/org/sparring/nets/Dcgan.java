package org.sparring.nets;

import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.Variables;
import org.tensorflow.ndarray.Shape;

/**
 * The deep convolutional pair of Radford, Metz and Chintala 2015 (arXiv 1511.06434, section 3 and
 * figure 1).
 *
 * <p>Generator: project and reshape, then 4×4 stride-2 transposed convolutions, each but the last
 * with batch normalisation and ReLU, the last with tanh. Discriminator: 4×4 stride-2 convolutions
 * with LeakyReLU .2 and no pooling; batch normalisation on all but the first. Neither player's
 * normalised layers have a bias, which the normalisation would take away again. Kernels start from
 * N(0, .02²).
 *
 * <p>With side 32 and width 64 the generator's maps are 4×4×256, 8×8×128, 16×16×64, 32×32×c, and
 * the discriminator's are the same backwards.
 *
 * @param side of the square images: s·2^k with s from 4 to 15, k at least 1
 * @param channels of the images, 1 to 4
 * @param width channels of the largest hidden map, at least 1; doubles with each halving
 * @param latent length of z, at least 1
 */
public record Dcgan(int side, int channels, int width, int latent) implements Architecture {
  /** Deviation of the first kernels (section 4 of the paper). */
  public static final float KERNEL_DEVIATION = 0.02f;

  public Dcgan {
    Pyramid.of(side);
    NetException.require(
        channels >= 1 && channels <= 4, "channels must be 1 to 4, found " + channels);
    NetException.require(width >= 1, "width must be at least 1, found " + width);
    NetException.require(latent >= 1, "latent must be at least 1, found " + latent);
  }

  /** Makes the generator and its variables. */
  @Override
  public Generator generator(Variables variables) {
    Layers layers = layers(variables, Owner.GENERATOR);
    Layer net = project(layers).then(upsample(layers));
    return new LayeredGenerator(net, latent, Shape.of(side, side, channels), layers.variables());
  }

  /** Makes the discriminator and its variables. */
  @Override
  public Discriminator discriminator(Variables variables) {
    Layers layers = layers(variables, Owner.DISCRIMINATOR);
    Pyramid pyramid = Pyramid.of(side);
    Layer net = layers.convolution("down0", channels, width).then(Layers.leakyRelu());
    long maps = width;
    for (int level = 1; level < pyramid.levels(); level++) {
      net =
          net.then(layers.convolution("down" + level, maps, 2 * maps))
              .then(layers.batchNormalization("down" + level + "/norm", 2 * maps))
              .then(Layers.leakyRelu());
      maps *= 2;
    }
    long features = (long) pyramid.base() * pyramid.base() * maps;
    Layer logit = layers.dense("logit", features, 1, true);
    return new LayeredDiscriminator(
        net.then(Layers.reshape(Shape.of(features))).then(logit), layers.variables());
  }

  private static Layers layers(Variables variables, Owner owner) {
    return new Layers(variables, owner, Initializer.normal(KERNEL_DEVIATION));
  }

  private Layer project(Layers layers) {
    Pyramid pyramid = Pyramid.of(side);
    long maps = (long) width << (pyramid.levels() - 1);
    Shape smallest = Shape.of(pyramid.base(), pyramid.base(), maps);
    return layers
        .dense("project", latent, smallest.size(), false) // (batch, s·s·maps)
        .then(Layers.reshape(smallest)) // (batch, s, s, maps)
        .then(layers.batchNormalization("project/norm", maps))
        .then(Layers.relu());
  }

  private Layer upsample(Layers layers) {
    Pyramid pyramid = Pyramid.of(side);
    Layer net = (tf, weights, x, pass) -> x;
    for (int level = 0; level < pyramid.levels() - 1; level++) {
      long maps = (long) width << (pyramid.levels() - 1 - level);
      String name = "up" + level;
      net =
          net.then(layers.transposedConvolution(name, sideAt(level), maps, maps / 2))
              .then(layers.batchNormalization(name + "/norm", maps / 2))
              .then(Layers.relu());
    }
    int last = pyramid.levels() - 1;
    return net.then(layers.transposedConvolution("up" + last, sideAt(last), width, channels))
        .then(layers.bias("up" + last, channels))
        .then(Layers.tanh());
  }

  /** Side of the map that enters a level. */
  private long sideAt(int level) {
    return (long) Pyramid.of(side).base() << level;
  }
}
