package org.sparring.translators;

import org.sparring.errors.NetException;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.Variables;
import org.sparring.layers.ImageLayers;
import org.sparring.layers.Layer;
import org.sparring.layers.Layers;
import org.sparring.layers.Normalization;
import org.sparring.nets.Discriminator;
import org.sparring.nets.LayeredDiscriminator;
import org.tensorflow.ndarray.Shape;

/**
 * PatchGAN (Isola et al. 2017, arXiv 1611.07004, section 6.1.2): 4×4 convolutions with LeakyReLU,
 * the first {@code halvings} of them with stride 2, and a logit for each place of the last map. A
 * logit judges a square of {@link #field} pixels, 70 for three halvings.
 *
 * @param channels of what is judged: of the input and the output, where both are shown
 * @param width channels of the first map, at least 1; doubles with each convolution, up to 8 times
 * @param halvings convolutions of stride 2, 1 to 6; the image must be a multiple of 2^halvings
 * @param norm of all maps but the first
 */
public record PatchDiscriminator(int channels, int width, int halvings, Norm norm) {
  private static final int KERNEL = 4;
  private static final int MOST_DOUBLINGS = 3;
  private static final int MOST_HALVINGS = 6;

  /** Normalisations of the maps. */
  public enum Norm {
    BATCH,
    INSTANCE,
    /** Every kernel is divided by its spectral norm. */
    SPECTRAL,
    NONE
  }

  public PatchDiscriminator {
    NetException.require(width >= 1, "width must be at least 1, found " + width);
    NetException.require(
        halvings >= 1 && halvings <= MOST_HALVINGS,
        "halvings must be 1 to " + MOST_HALVINGS + ", found " + halvings);
  }

  /** Height and width of the square that a logit depends on, in pixels. */
  public int field() {
    int field = 1;
    for (int i = 0; i < 2; i++) {
      field += KERNEL - 1;
    }
    for (int i = 0; i < halvings; i++) {
      field = 2 * field + KERNEL - 2;
    }
    return field;
  }

  /**
   * Creates the network, (batch, h, w, channels) → (places, 1): the logits of all places of all
   * images.
   */
  public Discriminator create(Variables variables) {
    Layers layers =
        new Layers(variables, Owner.DISCRIMINATOR, Initializer.normal(0.02f), normalization());
    Layer net = layers.convolution("down0", channels, width).then(layers.bias("down0", width));
    long maps = width;
    for (int i = 1; i <= halvings; i++) {
      long next = (long) width << Math.min(i, MOST_DOUBLINGS);
      Layer convolution =
          i < halvings
              ? layers.convolution("down" + i, maps, next)
              : layers.filter("same", KERNEL, maps, next);
      net = net.then(Layers.leakyRelu()).then(normalized(layers, convolution, i, next));
      maps = next;
    }
    net =
        net.then(Layers.leakyRelu())
            .then(layers.filter("logits", KERNEL, maps, 1))
            .then(Layers.full())
            .then(layers.bias("logits", 1))
            .then(column());
    return new LayeredDiscriminator(net, layers.variables());
  }

  private Layer normalized(Layers layers, Layer convolution, int number, long maps) {
    return norm == Norm.INSTANCE
        ? convolution.then(ImageLayers.instanceNormalization(maps))
        : convolution.then(layers.normalized("map" + number, maps));
  }

  private Normalization normalization() {
    return switch (norm) {
      case BATCH -> Normalization.BATCH;
      case SPECTRAL -> Normalization.SPECTRAL;
      case INSTANCE, NONE -> Normalization.NONE;
    };
  }

  private static Layer column() {
    return (tf, w, x, pass) -> tf.reshape(x, tf.constant(Shape.of(-1, 1).asArray()));
  }
}
