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
 * The standard convolutional pair of the spectral normalisation paper (Miyato et al. 2018, arXiv
 * 1802.05957, table 3).
 *
 * <p>Generator: a linear layer, 4×4 stride-2 transposed convolutions with batch normalisation and
 * ReLU, and a 3×3 convolution with tanh. Discriminator: alternating 3×3 stride-1 and 4×4 stride-2
 * convolutions, a final 3×3 convolution, LeakyReLU .1 after each, and a linear layer; every kernel
 * is divided by its spectral norm, unless its form selects another normalisation. Kernels start
 * from N(0, .02²).
 *
 * <p>With side 32 and width 64 the generator's maps are 4×4×512, 8×8×256, 16×16×128, 32×32×64,
 * 32×32×c. With batch normalisation after each convolution of the discriminator it is the DCGAN of
 * StudioGAN's tables, with one difference: StudioGAN sums the last maps over space; here, as in the
 * paper, they are flattened.
 *
 * @param side of the square images: s·2^k with s from 4 to 15, k at least 1
 * @param channels of the images, 1 to 4
 * @param width channels of the maps as large as the image, at least 1; doubles with each halving
 * @param latent length of z, at least 1
 * @param form of the discriminator; its width is the channels of its largest map
 */
public record SnDcgan(int side, int channels, int width, int latent, DiscriminatorForm form)
    implements Architecture {
  private static final float LEAK = 0.1f;
  private static final int FIELD = 3;

  public SnDcgan {
    Pyramid.of(side, channels, width, latent);
  }

  /** The discriminator of the paper: as wide as the generator, spectrally normalised. */
  public SnDcgan(int side, int channels, int width, int latent) {
    this(side, channels, width, latent, DiscriminatorForm.mirroring(width, Normalization.SPECTRAL));
  }

  /** Makes the generator and its variables. */
  @Override
  public Generator generator(Variables variables) {
    Layers layers = new Layers(variables, Owner.GENERATOR, kernels());
    Pyramid pyramid = Pyramid.of(side);
    long maps = (long) width << pyramid.levels();
    Shape smallest = pyramid.smallest(maps);
    Layer net =
        layers
            .dense("project", latent, smallest.size(), true) // (batch, s·s·maps)
            .then(Layers.reshape(smallest)); // (batch, s, s, maps)
    for (int level = 0; level < pyramid.levels(); level++) {
      String name = "up" + level;
      net =
          net.then(layers.transposedConvolution(name, pyramid.sideAt(level), maps, maps / 2))
              .then(layers.normalized(name, maps / 2))
              .then(Layers.relu());
      maps /= 2;
    }
    net =
        net.then(layers.filter("image", FIELD, maps, channels))
            .then(Layers.full())
            .then(layers.bias("image", channels))
            .then(Layers.tanh());
    return new LayeredGenerator(net, latent, Shape.of(side, side, channels), layers.variables());
  }

  /** Makes the discriminator and its variables. */
  @Override
  public Discriminator discriminator(Variables variables) {
    Layers layers = new Layers(variables, Owner.DISCRIMINATOR, kernels(), form.normalization());
    Pyramid pyramid = Pyramid.of(side);
    long maps = form.width();
    Layer net = filter(layers, "same0", (long) channels * form.packing(), maps);
    for (int level = 0; level < pyramid.levels(); level++) {
      String name = "down" + level;
      net =
          net.then(layers.convolution(name, maps, maps))
              .then(layers.normalized(name, maps))
              .then(Layers.leakyRelu(LEAK))
              .then(filter(layers, "same" + (level + 1), maps, 2 * maps));
      maps *= 2;
    }
    long features = pyramid.smallest(maps).size();
    return form.headed(layers, net.then(Layers.reshape(Shape.of(features))), features);
  }

  private static Layer filter(Layers layers, String name, long in, long out) {
    return layers
        .filter(name, FIELD, in, out)
        .then(layers.normalized(name, out))
        .then(Layers.leakyRelu(LEAK));
  }

  private static Initializer kernels() {
    return Initializer.normal(Dcgan.KERNEL_DEVIATION);
  }
}
