package org.sparring.inference;

import org.sparring.errors.ErrorKind;
import org.sparring.errors.ModelException;

/**
 * Refuses requests that a model cannot answer, before any call to TensorFlow and before anything is
 * allocated for the answer. Each check first requires that the model is open.
 *
 * @param model for {@link LoadedModel#requireOpen}
 * @param form of its samples, latent vectors and classes
 */
record RequestChecks(LoadedModel model, GeneratorSignatures form) {

  /**
   * Requires a number of samples from 1 to the most whose values or latent vectors fit into one
   * Java array.
   *
   * @throws ModelException of kind CLOSED, BAD_REQUEST or TOO_MANY
   */
  void requireCount(int count) {
    model.requireOpen();
    int most = most();
    if (count < 1 || count > most) {
      throw new ModelException(
          count < 1 ? ErrorKind.BAD_REQUEST : ErrorKind.TOO_MANY,
          "expected 1 to " + most + " samples, found " + count);
    }
  }

  private int most() {
    return (Integer.MAX_VALUE - 8) / Math.max(form.latent(), form.each());
  }

  /** Requires a model that makes images, and a valid number of them. */
  void requireImages(int count) {
    model.requireOpen();
    form.image();
    requireCount(count);
  }

  /**
   * Returns the number of values in {@code count} images; refuses a number that cannot be returned.
   */
  long values(int count) {
    requireImages(count);
    return (long) count * form.each();
  }

  /** Requires that the model is conditional on a class label. */
  void requireConditional() {
    model.requireOpen();
    if (form.classes() == 0) {
      throw badRequest(form.folder() + " is unconditional: it cannot be asked for a class");
    }
  }

  /** Requires that the model is not conditional on a class label. */
  void requireUnconditional() {
    model.requireOpen();
    if (form.classes() > 0) {
      throw badRequest(
          "expected the class of each image, for " + form.folder() + " is conditional; found none");
    }
  }

  /** A class for each of {@code count} images, from 0 and below the number of classes. */
  void requireLabels(int[] labels, int count) {
    requireConditional();
    if (labels.length != count || count < 1) {
      throw badRequest("expected a label for each of " + count + " images, found " + labels.length);
    }
    requireImages(count);
    for (int label : labels) {
      requireInRange(label);
    }
  }

  /** Requires a conditional model that has this class. */
  void requireLabel(int label) {
    requireConditional();
    requireInRange(label);
  }

  private void requireInRange(int label) {
    if (label < 0 || label >= form.classes()) {
      throw badRequest("expected labels from 0 to " + (form.classes() - 1) + ", found " + label);
    }
  }

  /**
   * Whole latent vectors of finite numbers.
   *
   * @return how many there are
   */
  int requireLatents(float[] z) {
    model.requireOpen();
    int count = form.vectors(z);
    requireCount(count);
    for (int i = 0; i < z.length; i++) {
      if (!Float.isFinite(z[i])) {
        throw badRequest(
            "expected latents that are finite numbers, found " + z[i] + " at index " + i);
      }
    }
    return count;
  }

  /** ψ, finite and not negative. */
  void requireTruncation(float truncation) {
    if (!(truncation >= 0) || Float.isInfinite(truncation)) {
      throw badRequest("truncation must be 0 (none) or more, found " + truncation);
    }
  }

  /** Frames of an interpolation. */
  void requireFrames(int frames) {
    model.requireOpen();
    if (frames < 2) {
      throw badRequest("expected at least 2 frames, found " + frames);
    }
    requireImages(frames);
  }

  private static ModelException badRequest(String message) {
    return new ModelException(ErrorKind.BAD_REQUEST, message);
  }
}
