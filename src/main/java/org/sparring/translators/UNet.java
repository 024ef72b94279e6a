package org.sparring.translators;

import java.util.List;
import org.sparring.errors.NetException;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.layers.Dropout;
import org.sparring.layers.ImageLayers;
import org.sparring.layers.Layer;
import org.sparring.layers.Layers;
import org.sparring.layers.Pass;
import org.sparring.nets.Generator;
import org.sparring.nets.LayeredGenerator;
import org.sparring.nets.PictureForm;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The U-Net of pix2pix (Isola et al. 2017, arXiv 1611.07004, section 6.1.1): 4×4 convolutions with
 * stride 2 down to a small map and transposed ones back, where each level also receives the map of
 * the same size from the way down. Batch normalisation except in the first, the smallest and the
 * last map; dropout in the three levels next to the smallest map; tanh at the end.
 *
 * <p>With width 64 and depth 6, images of 64×64 become maps of 32×32×64, 16×16×128, 8×8×256,
 * 4×4×512, 2×2×512 and 1×1×512.
 *
 * @param channels of the images, 1 to 4
 * @param width channels of the largest map, at least 1; doubles with each halving, up to 8 times
 * @param depth number of halvings, 2 to 9
 * @param dropout probability in [0, 1)
 */
public record UNet(int channels, int width, int depth, float dropout) implements Translator {
  private static final int MOST_DOUBLINGS = 3;
  private static final int DROPPED = 3;
  private static final int DEEPEST = 9;

  public UNet {
    NetException.require(width >= 1, "width must be at least 1, found " + width);
    NetException.require(
        depth >= 2 && depth <= DEEPEST, "depth must be 2 to " + DEEPEST + ", found " + depth);
  }

  /** An output pixel depends on more than most images. */
  @Override
  public PictureForm form() {
    return new PictureForm(1, 1 << depth, PictureForm.WHOLE);
  }

  @Override
  public Generator create(Variables variables) {
    Layers layers = new Layers(variables, Owner.GENERATOR, Initializer.normal(0.02f));
    Layer net =
        level(layers, 0)
            .then(Layers.full())
            .then(layers.bias("image", channels))
            .then(Layers.tanh());
    return new LayeredGenerator(
        net, Translator.input(channels), Translator.anySize(channels), layers.variables());
  }

  /**
   * The part of the network below a map.
   *
   * @param level of the map, 0 for the image
   * @return a layer (batch, h, w, in) → (batch, h, w, out), where out is that of the same level on
   *     the way up: the image's channels, or {@link #maps} of the level above
   */
  private Layer level(Layers layers, int level) {
    ImageLayers images = new ImageLayers(layers);
    boolean isSmallest = level == depth - 1;
    long below = maps(level);
    Layer down = layers.convolution("down" + level, level == 0 ? channels : maps(level - 1), below);
    if (level > 0 && !isSmallest) {
      down = down.then(layers.normalized("down" + level, below));
    } else {
      down = down.then(layers.bias("down" + level, below));
    }
    Layer inner =
        isSmallest ? down : down.then(Layers.leakyRelu()).then(new Skip(level(layers, level + 1)));
    long back = isSmallest ? below : 2 * below;
    Layer up = inner.then(Layers.relu()).then(images.doubled("up" + level, back, up(level)));
    return level == 0 ? up : up.then(lifted(layers, level));
  }

  private Layer lifted(Layers layers, int level) {
    Layer normalized = layers.normalized("up" + level, up(level));
    boolean drops = dropout > 0 && level >= depth - DROPPED;
    return drops ? normalized.then(new Dropout(dropout)) : normalized;
  }

  /** Channels of the map after {@code level + 1} halvings. */
  private long maps(int level) {
    return (long) width << Math.min(level, MOST_DOUBLINGS);
  }

  private long up(int level) {
    return level == 0 ? channels : maps(level - 1);
  }

  /**
   * Appends what comes back from below to the map itself, which is rectified: so it is in the
   * authors' code, where the rectifier works in place.
   */
  private record Skip(Layer below) implements Layer {
    @Override
    public Operand<TFloating> apply(Ops tf, Weights w, Operand<TFloating> x, Pass pass) {
      return tf.concat(List.of(x, below.apply(tf, w, x, pass)), tf.constant(3));
    }
  }
}
