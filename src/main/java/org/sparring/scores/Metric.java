package org.sparring.scores;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.EditDistance;

/** What {@link Evaluation} can measure. */
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
  /** Share of confident answers, and the entropy of the answers. */
  CONFIDENCE(true);

  private final boolean classifies;

  Metric(boolean classifies) {
    this.classifies = classifies;
  }

  /** Whether it needs the probabilities of classes. */
  public boolean classifies() {
    return classifies;
  }

  /**
   * @throws ArgumentException that names the nearest one
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
