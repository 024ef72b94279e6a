package org.sparring.nets;

import org.sparring.errors.NetException;
import org.sparring.layers.Layer;
import org.sparring.layers.Layers;
import org.sparring.layers.Normalization;

/**
 * The settings in which a pair's discriminator differs from the generator's mirror image.
 *
 * @param width of its layers, at least 1; the pair defines its unit
 * @param normalization of its layers
 * @param packing k of PacGAN: how many samples are judged together, at least 1
 * @param labelling how it uses class labels; packs have none
 */
public record DiscriminatorForm(
    int width, Normalization normalization, int packing, Labelling labelling) {
  public DiscriminatorForm {
    NetException.require(width >= 1, "discriminator width must be at least 1, found " + width);
    NetException.require(packing >= 1, "packing must be at least 1, found " + packing);
    NetException.require(
        packing == 1 || labelling.isNone(),
        "packing must be 1 where samples have classes, found " + packing);
  }

  /** A form for samples without classes. */
  public DiscriminatorForm(int width, Normalization normalization, int packing) {
    this(width, normalization, packing, Labelling.NONE);
  }

  /** As wide as a generator of this width, judging sample by sample. */
  static DiscriminatorForm mirroring(int width, Normalization normalization) {
    NetException.require(width >= 1, "width must be at least 1, found " + width);
    return new DiscriminatorForm(width, normalization, 1);
  }

  /**
   * Returns a discriminator that applies {@code features} and then the head for this form.
   *
   * @param layers of the discriminator; the head's layers are created in it
   * @param features samples of {@code packing} times the channels → (batch, size)
   * @param size number of features
   */
  public Discriminator headed(Layers layers, Layer features, long size) {
    Layer seen = features.then(Layers.full());
    Layer logit = layers.dense("logit", size, 1, true);
    int classes = labelling.classes();
    return switch (labelling.kind()) {
      case PROJECTION -> {
        Layer vector = layers.dense("projection", classes, size, false);
        yield new ProjectionDiscriminator(seen, logit, vector, classes, layers.variables());
      }
      case AUXILIARY -> {
        Layer classifier = layers.dense("classes", size, classes, true);
        yield new AuxiliaryDiscriminator(seen, logit, classifier, layers.variables());
      }
      case NONE -> packed(new LayeredDiscriminator(seen.then(logit), layers.variables()));
    };
  }

  /** A discriminator of packs, from one of samples with {@code packing} times the channels. */
  private Discriminator packed(Discriminator inner) {
    return packing == 1 ? inner : new PackedDiscriminator(inner, packing);
  }
}
