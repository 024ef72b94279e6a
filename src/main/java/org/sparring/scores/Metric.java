package org.sparring.scores;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.EditDistance;

/** The metrics of {@link Evaluation}. */
public enum Metric {
  /** Fréchet distance of the features' moments. */
  FID(false),
  /** Kernel distance of the features. */
  KID(false),
  /** Inception score of the probabilities. */
  IS(true),
  /** Improved precision and recall of the features, k = 3. */
  PR(false),
  /** Density and coverage of the features, k = 5. */
  DC(false),
  /** Share of confident predictions, and the entropy of the predicted classes. */
  CONFIDENCE(true);

  private final boolean classifies;

  Metric(boolean classifies) {
    this.classifies = classifies;
  }

  /** Returns whether the metric needs class probabilities. */
  public boolean classifies() {
    return classifies;
  }

  /**
   * Returns the metric with a name.
   *
   * @throws ArgumentException that names the nearest metric
   */
  public static Metric of(String name) {
    List<String> names = Arrays.stream(values()).map(Metric::toString).toList();
    ArgumentException.require(
        names.contains(name),
        "metrics",
        "expected "
            + String.join(", ", names)
            + ", found "
            + name
            + "\nDid you mean "
            + EditDistance.nearest(name, names)
            + "?");
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
