package org.sparring.alarms;

import java.util.Locale;

/** Failures of a game whose losses look normal, each with the usual remedy. */
public enum Alarm {
  /** The generator's gradient has almost vanished, and the discriminator recognises its samples. */
  VANISHING_GRADIENT(
      "use loss.kind non-saturating or relativistic-pairing, or a lower"
          + " optimizer.discriminator_learning_rate"),
  /**
   * The generator produces few distinct samples, or leaves much of the data without a sample
   * nearby.
   */
  MODE_COLLAPSE("use loss.kind relativistic-pairing with penalty.kind r1+r2, or net.packing 2"),
  /** The discriminator has memorised the training data. */
  OVERFITTING("use more data, a smaller net.discriminator_width, or penalty.kind r1"),
  /** The players oscillate instead of converging. */
  OSCILLATION("use penalty.kind r1, game.rule extra-gradient, or a lower optimizer.beta1"),
  /** The discriminator separates real from generated samples with near certainty. */
  SATURATION("use penalty.kind r1, loss.smoothing 0.1, or a discriminator that learns slower"),
  /** A loss, a penalty or a weight is NaN or infinite. Always ends the run. */
  NON_FINITE("use a lower optimizer.learning_rate, or a lower penalty.weight");

  private final String remedy;

  Alarm(String remedy) {
    this.remedy = remedy;
  }

  /** Returns the name used in commands and files, for example {@code mode-collapse}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the usual remedy, as recipe keys and values. */
  public String remedy() {
    return remedy;
  }
}
