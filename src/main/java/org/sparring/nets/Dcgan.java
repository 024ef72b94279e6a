package org.sparring.nets;

import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.Variables;
import org.sparring.layers.Layer;
import org.sparring.layers.Layers;
import org.sparring.layers.Normalization;
import org.sparring.layers.Pyramid;
import org.tensorflow.ndarray.Shape;

/**
 * The deep convolutional pair of Radford, Metz and Chintala 2015 (arXiv 1511.06434, section 3 and
 * figure 1).
 *
 * <p>Generator: project and reshape, then 4×4 stride-2 transposed convolutions, each but the last
 * with batch normalisation and ReLU, the last with tanh. Discriminator: 4×4 stride-2 convolutions
 * with LeakyReLU .2 and no pooling; batch normalisation on all but the first, unless its form
 * selects another normalisation. Layers with batch normalisation have no bias, because the
 * normalisation would cancel it. Kernels start from N(0, .02²).
 *
 * <p>With side 32 and width 64 the generator's maps are 4×4×256, 8×8×128, 16×16×64, 32×32×c, and a
 * discriminator of the same width has the same maps in reverse order.
 *
 * @param side of the square images: s·2^k with s from 4 to 15, k at least 1
 * @param channels of the images, 1 to 4
 * @param width channels of the generator's largest hidden map, at least 1; doubles with each
 *     halving
 * @param latent length of z, at least 1
 * @param form of the discriminator; its width is the channels of its largest map
 */
public record Dcgan(int side, int channels, int width, int latent, DiscriminatorForm form)
    implements Architecture {
  /** Deviation of the first kernels (section 4 of the paper). */
  public static final float KERNEL_DEVIATION = 0.02f;

  public Dcgan {
    Pyramid.of(side, channels, width, latent);
  }

  /** The discriminator of the paper: the generator's mirror image with batch normalisation. */
  public Dcgan(int side, int channels, int width, int latent) {
    this(side, channels, width, latent, DiscriminatorForm.mirroring(width, Normalization.BATCH));
  }

  /** Makes the generator and its variables. */
  @Override
  public Generator generator(Variables variables) {
    Layers layers = layers(variables, Owner.GENERATOR, Normalization.BATCH);
    Layer net = project(layers).then(upsample(layers));
    return new LayeredGenerator(net, latent, Shape.of(side, side, channels), layers.variables());
  }

  /** Makes the discriminator and its variables. */
  @Override
  public Discriminator discriminator(Variables variables) {
    Layers layers = layers(variables, Owner.DISCRIMINATOR, form.normalization());
    Pyramid pyramid = Pyramid.of(side);
    long maps = form.width();
    Layer net =
        layers
            .convolution("down0", (long) channels * form.packing(), maps)
            .then(layers.entrance("down0", maps))
            .then(Layers.leakyRelu());
    for (int level = 1; level < pyramid.levels(); level++) {
      String name = "down" + level;
      net =
          net.then(layers.convolution(name, maps, 2 * maps))
              .then(layers.normalized(name, 2 * maps))
              .then(Layers.leakyRelu());
      maps *= 2;
    }
    long features = (long) pyramid.base() * pyramid.base() * maps;
    return form.headed(layers, net.then(Layers.reshape(Shape.of(features))), features);
  }

  private static Layers layers(Variables variables, Owner owner, Normalization normalization) {
    return new Layers(variables, owner, Initializer.normal(KERNEL_DEVIATION), normalization);
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
    Layer net = Layers.identity();
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
        .then(Layers.full())
        .then(layers.bias("up" + last, channels))
        .then(Layers.tanh());
  }

  /** Side of the map that enters a level. */
  private long sideAt(int level) {
    return (long) Pyramid.of(side).base() << level;
  }
}
