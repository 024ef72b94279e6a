package org.sparring.nets;

import org.sparring.errors.NetException;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.Variables;
import org.sparring.layers.Layer;
import org.sparring.layers.Layers;
import org.sparring.layers.Normalization;
import org.sparring.layers.Pyramid;
import org.sparring.layers.Resampling;
import org.sparring.layers.Residual;
import org.sparring.layers.StageWidths;
import org.tensorflow.ndarray.Shape;

/**
 * The residual pair of the spectral normalisation paper (Miyato et al. 2018, arXiv 1802.05957,
 * table 4; blocks of Gulrajani et al. 2017, arXiv 1704.00028, appendix F).
 *
 * <p>Generator: a linear layer, a block that doubles the side for each level (BN, ReLU, repeat,
 * 3×3, BN, ReLU, 3×3; 1×1 on the shortcut), BN, ReLU, 3×3, tanh. Discriminator: blocks that halve
 * (3×3, ReLU, 3×3, mean of 2×2; ReLU before them in all but the first) down to twice the smallest
 * side, {@code blocks} more that keep it, ReLU, the sum over space, a linear layer; every kernel is
 * divided by its spectral norm, unless its form selects another normalisation (batch normalisation
 * goes after the first kernel of each block). A block has one bias, on its sum. Kernels use the
 * initialisation of Glorot and Bengio 2010, √2 times as large next to a ReLU.
 *
 * <p>On the shortcut, 1×1 kernels run on the smaller of the two maps, because they commute with
 * repetition and averaging. The paper's 32×32 pair has widths 256 and 128, and two blocks.
 *
 * @param side of the square images: s·2^k with s from 4 to 15, k at least 1
 * @param channels of the images, 1 to 4
 * @param width channels of the smallest maps, at least 1: see {@link StageWidths}
 * @param blocks of the discriminator that keep the side, at least 1
 * @param latent length of z, at least 1
 * @param form of the discriminator; its width is the channels of its smallest maps
 */
public record SnResNet(
    int side, int channels, int width, int blocks, int latent, DiscriminatorForm form)
    implements Architecture {
  private static final int FIELD = 3;

  public SnResNet {
    Pyramid.of(side, channels, width, latent);
    NetException.require(blocks >= 1, "blocks must be at least 1, found " + blocks);
  }

  /** Two blocks and the discriminator of the paper, as wide as the generator. */
  public SnResNet(int side, int channels, int width, int latent) {
    this(
        side,
        channels,
        width,
        2,
        latent,
        DiscriminatorForm.mirroring(width, Normalization.SPECTRAL));
  }

  /** Makes the generator and its variables. */
  @Override
  public Generator generator(Variables variables) {
    Layers layers = new Layers(variables, Owner.GENERATOR, Initializer.glorotUniform());
    Pyramid pyramid = Pyramid.of(side);
    StageWidths widths = new StageWidths(width);
    Shape smallest = pyramid.smallest(width);
    Layer net =
        layers
            .dense("project", latent, smallest.size(), true) // (batch, s·s·maps)
            .then(Layers.reshape(smallest)); // (batch, s, s, maps)
    for (int level = 1; level <= pyramid.levels(); level++) {
      long in = widths.at(level - 1);
      net =
          net.then(
              doubling(layers, "up" + (level - 1), pyramid.sideAt(level), in, widths.at(level)));
    }
    net =
        net.then(layers.batchNormalization("image/norm", widths.at(pyramid.levels())))
            .then(Layers.relu())
            .then(layers.filter("image", FIELD, widths.at(pyramid.levels()), channels))
            .then(Layers.full())
            .then(layers.bias("image", channels))
            .then(Layers.tanh());
    return new LayeredGenerator(net, latent, Shape.of(side, side, channels), layers.variables());
  }

  /** Makes the discriminator and its variables. */
  @Override
  public Discriminator discriminator(Variables variables) {
    Layers layers =
        new Layers(
            variables, Owner.DISCRIMINATOR, Initializer.glorotUniform(), form.normalization());
    StageWidths widths = new StageWidths(form.width());
    int level = Pyramid.of(side).levels() - 1;
    int smallest = Math.min(level, 1);
    long maps = widths.at(level);
    Layer net = entrance(layers, (long) channels * form.packing(), maps);
    for (; level > smallest; level--) {
      net = net.then(halving(layers, "down" + level, maps, widths.at(level - 1)));
      maps = widths.at(level - 1);
    }
    for (int block = 0; block < blocks; block++) {
      net = net.then(keeping(layers, "same" + block, maps));
    }
    return form.headed(layers, net.then(Layers.relu()).then(Resampling.summed()), maps);
  }

  /** (batch, s/2, s/2, in) → (batch, s, s, out); the next block's norm would undo a bias. */
  private static Layer doubling(Layers layers, String name, long side, long in, long out) {
    Layers wide = branch(layers);
    Layer branch =
        layers
            .batchNormalization(name + "/norm0", in)
            .then(Layers.relu())
            .then(Resampling.repeated(side))
            .then(wide.filter(name + "/first", FIELD, in, out))
            .then(layers.batchNormalization(name + "/norm1", out))
            .then(Layers.relu())
            .then(wide.filter(name + "/second", FIELD, out, out));
    Layer shortcut = layers.filter(name + "/shortcut", 1, in, out).then(Resampling.repeated(side));
    return new Residual(branch, shortcut);
  }

  /** The first block: no ReLU in front of the image. */
  private static Layer entrance(Layers layers, long in, long out) {
    Layer branch = filters(layers, "entrance", in, out, out).then(Resampling.halved());
    Layer shortcut = Resampling.halved().then(layers.filter("entrance/shortcut", 1, in, out));
    return new Residual(branch, shortcut).then(layers.bias("entrance", out));
  }

  /** (batch, s, s, in) → (batch, s/2, s/2, out). */
  private static Layer halving(Layers layers, String name, long in, long out) {
    Layer branch = Layers.relu().then(filters(layers, name, in, in, out));
    Layer shortcut = Resampling.halved().then(layers.filter(name + "/shortcut", 1, in, out));
    return new Residual(branch.then(Resampling.halved()), shortcut).then(layers.bias(name, out));
  }

  private static Layer keeping(Layers layers, String name, long maps) {
    Layer branch = Layers.relu().then(filters(layers, name, maps, maps, maps));
    return new Residual(branch, Layers.identity()).then(layers.bias(name, maps));
  }

  /** 3×3, ReLU, 3×3. */
  private static Layer filters(Layers layers, String name, long in, long hidden, long out) {
    Layers wide = branch(layers);
    return wide.filter(name + "/first", FIELD, in, hidden)
        .then(layers.normalized(name + "/first", hidden))
        .then(Layers.relu())
        .then(wide.filter(name + "/second", FIELD, hidden, out));
  }

  private static Layers branch(Layers layers) {
    return layers.starting(Initializer.glorotUniform().times((float) Math.sqrt(2)));
  }
}
