package org.sparring.nets;

/**
 * What a pair's discriminator is, where it differs from the generator's mirror image.
 *
 * @param width of its layers, at least 1; what it counts says the pair
 * @param normalization of its layers
 * @param packing k of PacGAN: how many samples are judged together, at least 1
 */
public record DiscriminatorForm(int width, Normalization normalization, int packing) {
  public DiscriminatorForm {
    NetException.require(width >= 1, "discriminator width must be at least 1, found " + width);
    NetException.require(packing >= 1, "packing must be at least 1, found " + packing);
  }

  /** As wide as a generator of this width, judging sample by sample. */
  static DiscriminatorForm mirroring(int width, Normalization normalization) {
    NetException.require(width >= 1, "width must be at least 1, found " + width);
    return new DiscriminatorForm(width, normalization, 1);
  }

  /** What judges packs, from what judges samples of {@code packing} times the channels. */
  Discriminator packed(Discriminator inner) {
    return packing == 1 ? inner : new PackedDiscriminator(inner, packing);
  }
}
