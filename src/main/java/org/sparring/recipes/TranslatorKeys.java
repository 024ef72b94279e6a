package org.sparring.recipes;

import static org.sparring.errors.RecipeException.requireAtLeast;
import static org.sparring.errors.RecipeException.requireAtMost;
import static org.sparring.errors.RecipeException.requireBelowOne;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * The networks of tasks that make images from images; the keys of {@code net} are not read there.
 *
 * <p>Each {@code with} method returns a copy with one value changed.
 *
 * @param kind The architecture of the generators.
 * @param width Channels of the largest maps of {@code unet} and {@code resnet}, of all maps of
 *     {@code srresnet} and {@code rrdb}. Range: 1 to 4096
 * @param depth Halvings of {@code unet}; blocks of the others. Range: 1 to 64; {@code unet} 2 to 9
 * @param growth Channels that each convolution adds in {@code rrdb}. Range: 1 to 4096
 * @param dropout Dropout of {@code unet} in the three levels next to the smallest map. Range: 0 to
 *     below 1
 * @param patchWidth Channels of the first map of the discriminators. Range: 1 to 4096
 * @param patchHalvings Halvings of the discriminators. A logit judges a square of 16 pixels after
 *     one, 34, 70, 142, 286 and 574 after six. Range: 1 to 6
 * @param patchNorm Normalisation in the discriminators.
 */
@JsonNaming(SnakeCaseStrategy.class)
public record TranslatorKeys(
    TranslatorKind kind,
    int width,
    int depth,
    int growth,
    float dropout,
    int patchWidth,
    int patchHalvings,
    PatchNorm patchNorm) {
  /** The values of the keys that a recipe does not name. */
  public static final TranslatorKeys DEFAULT =
      new TranslatorKeys(TranslatorKind.UNET, 64, 6, 32, 0.5f, 64, 3, PatchNorm.BATCH);

  private static final int MOST_WIDTH = 4096;
  private static final int MOST_DEPTH = 64;
  private static final int MOST_HALVINGS = 6;

  /** Architectures from images to images. */
  public enum TranslatorKind implements Keyword {
    /** Halvings and doublings with skips between maps of one size (Isola et al. 2017). */
    UNET,
    /** Residual blocks on maps of a quarter of the size (Zhu et al. 2017). */
    RESNET,
    /**
     * Residual blocks on maps of the image's size, whose result is added to the image, with pixel
     * shuffles in {@code restore} (Ledig et al. 2017).
     */
    SRRESNET,
    /** The same with blocks of dense blocks (Wang et al. 2018). */
    RRDB;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static TranslatorKind of(String label) {
      return Keyword.find("translator.kind", label, values());
    }
  }

  /** Normalisations of a discriminator of patches. */
  public enum PatchNorm implements Keyword {
    /** Batch normalisation. */
    BATCH,
    /** Each channel of each image by itself. */
    INSTANCE,
    /** Kernels are divided by their spectral norms. */
    SPECTRAL,
    /** None. */
    NONE;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static PatchNorm of(String label) {
      return Keyword.find("translator.patch_norm", label, values());
    }
  }

  public TranslatorKeys {
    requireAtLeast("translator.width", width, 1);
    requireAtMost("translator.width", width, MOST_WIDTH);
    requireAtLeast("translator.depth", depth, 1);
    requireAtMost("translator.depth", depth, MOST_DEPTH);
    requireAtLeast("translator.growth", growth, 1);
    requireAtMost("translator.growth", growth, MOST_WIDTH);
    requireBelowOne("translator.dropout", dropout);
    requireAtLeast("translator.patch_width", patchWidth, 1);
    requireAtMost("translator.patch_width", patchWidth, MOST_WIDTH);
    requireAtLeast("translator.patch_halvings", patchHalvings, 1);
    requireAtMost("translator.patch_halvings", patchHalvings, MOST_HALVINGS);
  }

  public TranslatorKeys withKind(TranslatorKind kind) {
    return new TranslatorKeys(
        kind, width, depth, growth, dropout, patchWidth, patchHalvings, patchNorm);
  }

  public TranslatorKeys withWidth(int width) {
    return new TranslatorKeys(
        kind, width, depth, growth, dropout, patchWidth, patchHalvings, patchNorm);
  }

  public TranslatorKeys withDepth(int depth) {
    return new TranslatorKeys(
        kind, width, depth, growth, dropout, patchWidth, patchHalvings, patchNorm);
  }

  public TranslatorKeys withGrowth(int growth) {
    return new TranslatorKeys(
        kind, width, depth, growth, dropout, patchWidth, patchHalvings, patchNorm);
  }

  public TranslatorKeys withDropout(float dropout) {
    return new TranslatorKeys(
        kind, width, depth, growth, dropout, patchWidth, patchHalvings, patchNorm);
  }

  public TranslatorKeys withPatchWidth(int patchWidth) {
    return new TranslatorKeys(
        kind, width, depth, growth, dropout, patchWidth, patchHalvings, patchNorm);
  }

  public TranslatorKeys withPatchHalvings(int patchHalvings) {
    return new TranslatorKeys(
        kind, width, depth, growth, dropout, patchWidth, patchHalvings, patchNorm);
  }

  public TranslatorKeys withPatchNorm(PatchNorm patchNorm) {
    return new TranslatorKeys(
        kind, width, depth, growth, dropout, patchWidth, patchHalvings, patchNorm);
  }
}
