package org.sparring.nets;

import org.sparring.errors.NetException;
import org.sparring.graph.Fans;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.Variables;
import org.sparring.layers.Activations;
import org.sparring.layers.Layer;
import org.sparring.layers.Layers;
import org.sparring.layers.Normalization;
import org.sparring.layers.Pyramid;
import org.sparring.layers.Resampling;
import org.sparring.layers.Residual;
import org.sparring.layers.StageWidths;
import org.tensorflow.ndarray.Shape;

/**
 * The residual pair without normalisation of R3GAN (Huang et al. 2024, arXiv 2501.05441, section 4,
 * config E), made for the relativistic pairing loss with R1 and R2.
 *
 * <p>A block is x + f(x) with f: 1×1 to twice the channels, bias, LeakyReLU .2, 3×3 in groups of 16
 * channels, bias, LeakyReLU .2, 1×1 back. Its last kernel starts at 0, so that a network starts
 * linear, and the others from N(0, 2/(1.04·fan-in·√blocks)) where blocks is the number of blocks in
 * the whole network (Zhang et al. 2019, arXiv 1901.09321, section 3). The generator multiplies a
 * learned map of the smallest size by a linear projection of z; the discriminator weights its
 * smallest maps by a learned map and sums them; a 1×1 convolution converts between maps and image.
 * Only the logit and the layers before a LeakyReLU have a bias.
 *
 * <p>Maps shrink by 2×2 averaging and grow by bilinear interpolation; the authors use the filter
 * [1, 2, 1] for both. Images are not bounded in training, as in the authors' generator; inference
 * clips them to [−1, 1].
 *
 * @param side of the square images: s·2^k with s from 4 to 15, k at least 1
 * @param channels of the images, 1 to 4
 * @param width channels of the smallest maps, at least 1: see {@link StageWidths}. Groups are made
 *     where twice a map's channels are a multiple of 16
 * @param blocks at each side, at least 1; the paper has 2
 * @param latent length of z, at least 1
 * @param form of the discriminator; without normalisation
 */
public record R3Net(
    int side, int channels, int width, int blocks, int latent, DiscriminatorForm form)
    implements Architecture {
  private static final int FIELD = 3;
  private static final int EXPANSION = 2;
  private static final int GROUP = 16;

  /** Layers of a block that do not start at 0; sets the exponent of the Fixup scaling. */
  private static final double DEPTH_EXPONENT = -1.0 / 4;

  public R3Net {
    Pyramid.of(side, channels, width, latent);
    NetException.require(blocks >= 1, "blocks must be at least 1, found " + blocks);
    NetException.require(
        form.normalization() == Normalization.NONE,
        "an R3 pair has no normalisation, found " + form.normalization().label());
  }

  /** Two blocks at each side, the discriminator as wide as the generator. */
  public R3Net(int side, int channels, int width, int latent) {
    this(side, channels, width, 2, latent, DiscriminatorForm.mirroring(width, Normalization.NONE));
  }

  /** Makes the generator and its variables. */
  @Override
  public Generator generator(Variables variables) {
    Layers layers = new Layers(variables, Owner.GENERATOR, Initializer.lecunNormal());
    Pyramid pyramid = Pyramid.of(side);
    StageWidths widths = new StageWidths(width);
    Shape smallest = pyramid.smallest(width);
    Layer net =
        layers
            .dense("project", latent, width, false) // (batch, maps)
            .then(Layers.reshape(Shape.of(1, 1, width)))
            .then(
                layers
                    .starting(Initializer.normal(1))
                    .scale("basis", smallest, new Fans(1, 1))) // (batch, s, s, maps)
            .then(stage(layers, 0, width));
    for (int level = 1; level <= pyramid.levels(); level++) {
      net =
          net.then(widening(layers, level, widths.at(level - 1), widths.at(level)))
              .then(Resampling.interpolated(pyramid.sideAt(level)))
              .then(stage(layers, level, widths.at(level)));
    }
    net =
        net.then(layers.filter("image", 1, widths.at(pyramid.levels()), channels))
            .then(Layers.full())
            .then(bounded());
    return new LayeredGenerator(net, latent, Shape.of(side, side, channels), layers.variables());
  }

  /** Makes the discriminator and its variables. */
  @Override
  public Discriminator discriminator(Variables variables) {
    Layers layers =
        new Layers(variables, Owner.DISCRIMINATOR, Initializer.lecunNormal(), form.normalization());
    Pyramid pyramid = Pyramid.of(side);
    StageWidths widths = new StageWidths(form.width());
    long maps = widths.at(pyramid.levels());
    Layer net = layers.filter("image", 1, (long) channels * form.packing(), maps);
    for (int level = pyramid.levels(); level > 0; level--) {
      net =
          net.then(stage(layers, level, maps))
              .then(Resampling.halved())
              .then(widening(layers, level, maps, widths.at(level - 1)));
      maps = widths.at(level - 1);
    }
    Shape smallest = pyramid.smallest(maps);
    net =
        net.then(stage(layers, 0, maps))
            .then(layers.scale("basis", smallest, new Fans(smallest.size() / maps, 1)))
            .then(Resampling.summed()); // (batch, maps)
    return form.headed(layers, net, maps);
  }

  /** The blocks of one side. */
  private Layer stage(Layers layers, int level, long maps) {
    Layer net = Layers.identity();
    for (int block = 0; block < blocks; block++) {
      net = net.then(block(layers, "stage" + level + "/block" + block, maps));
    }
    return net;
  }

  private Layer block(Layers layers, String name, long maps) {
    long inner = EXPANSION * maps;
    int groups = inner % GROUP == 0 ? Math.toIntExact(inner / GROUP) : 1;
    Layers inside = layers.starting(Initializer.lecunNormal().times(gain()));
    Layer branch =
        inside
            .filter(name + "/expand", 1, maps, inner)
            .then(layers.bias(name + "/expand", inner))
            .then(Layers.leakyRelu())
            .then(inside.groupedFilter(name + "/grouped", FIELD, inner, inner, groups))
            .then(layers.bias(name + "/grouped", inner))
            .then(Layers.leakyRelu())
            .then(
                layers.starting(Initializer.constant(0)).filter(name + "/project", 1, inner, maps));
    return new Residual(branch, Layers.identity());
  }

  /** √(2/(1 + leak²)) keeps the variance behind a LeakyReLU. */
  private float gain() {
    int all = blocks * (Pyramid.of(side).levels() + 1);
    double activation = Math.sqrt(2 / (1 + Layers.LEAK * Layers.LEAK));
    return (float) (activation * Math.pow(all, DEPTH_EXPONENT));
  }

  private static Layer widening(Layers layers, int level, long in, long out) {
    return in == out ? Layers.identity() : layers.filter("width" + level, 1, in, out);
  }

  /** Minimum and maximum, for TensorFlow Lite has no ClipByValue. */
  private static Layer bounded() {
    return (tf, w, x, pass) ->
        pass.isInference()
            ? tf.math.minimum(
                tf.math.maximum(x, Activations.like(tf, tf.constant(-1f), x)),
                Activations.like(tf, tf.constant(1f), x))
            : x;
  }
}
