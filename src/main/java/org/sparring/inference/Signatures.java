package org.sparring.inference;

import org.tensorflow.Signature;

/** The functions of an exported generator, by name. */
final class Signatures {
  /**
   * z (n, latent) float → images (n, height, width, channels) float in [−1, 1]; of a conditional
   * generator also from labels (n) int32.
   */
  static final String SERVING = Signature.DEFAULT_KEY;

  /**
   * seed (2) int64, n int32 → images; of a conditional generator also → labels (n), each class as
   * likely as another.
   */
  static final String SAMPLE = "sample";

  /** seed (2) int64, n int32, truncation float → z (n, latent); truncation 0 is none. */
  static final String LATENTS = "latents";

  /**
   * Of a conditional generator only: seed (2) int64, labels (n) int32 → images, and → classes,
   * int32 scalar, the number of classes, and → label_names, string (classes).
   */
  static final String LABELLED = "labelled";

  static final String Z = "z";
  static final String LABELS = "labels";
  static final String CLASSES = "classes";
  static final String LABEL_NAMES = "label_names";
  static final String SEED = "seed";
  static final String COUNT = "n";
  static final String TRUNCATION = "truncation";
  static final String IMAGES = "images";

  private Signatures() {}
}
