package org.sparring.translation;

/** Names of the meters of tasks from images to images. */
public final class TranslationMeters {
  /** Mean absolute difference from the real images of the step, 0 … 255. */
  public static final String PIXEL = "pixel";

  /**
   * Mean absolute difference between an image and what comes back from the other domain, 0 … 255.
   */
  public static final String CYCLE = "cycle";

  /** Mean absolute change of an image that is already in the domain, 0 … 255. */
  public static final String IDENTITY = "identity";

  /** Peak signal-to-noise ratio of fixed images in dB. */
  public static final String RATIO = "psnr";

  private TranslationMeters() {}
}
