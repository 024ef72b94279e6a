package org.sparring.nets;

import java.util.Locale;
import org.sparring.errors.NetException;

/**
 * How a generator and a discriminator use the class labels of their samples.
 *
 * @param kind how the discriminator uses the labels
 * @param classes number of classes, at least 2; 0 without labelling
 * @param embedding length of the generator's class embedding, at least 1; 0 without labelling
 */
public record Labelling(Kind kind, int classes, int embedding) {
  /** A pair without class labels. */
  public static final Labelling NONE = new Labelling(Kind.NONE, 0, 0);

  /** How the discriminator uses the class label of a sample. */
  public enum Kind {
    /** Not at all. */
    NONE,
    /**
     * The logit of x and y is ψ(φ(x)) + v(y)·φ(x): a projection discriminator (Miyato and Koyama
     * 2018, arXiv 1802.05637, equation 3).
     */
    PROJECTION,
    /**
     * The discriminator does not receive the label but predicts it, and both players minimise the
     * cross-entropy of the prediction: an auxiliary classifier (Odena et al. 2017, arXiv
     * 1610.09585, equation 3).
     */
    AUXILIARY;

    /** As recipes write it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Labelling {
    if (kind == Kind.NONE) {
      NetException.require(
          classes == 0 && embedding == 0,
          "without labelling there are 0 classes and no embedding, found "
              + classes
              + " and "
              + embedding);
    } else {
      NetException.require(classes >= 2, "a labelling needs 2 or more classes, found " + classes);
      NetException.require(
          embedding >= 1, "an embedding has at least 1 number, found " + embedding);
    }
  }

  boolean isNone() {
    return kind == Kind.NONE;
  }
}
