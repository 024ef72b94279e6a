package org.sparring.alarms;

import java.util.Locale;

/** What can be wrong with a game while its losses look fine, and what usually helps. */
public enum Alarm {
  /** The generator is hardly pulled any more, and the discriminator knows its samples. */
  VANISHING_GRADIENT(
      "use loss.kind non-saturating or relativistic-pairing, or a lower"
          + " optimizer.discriminator_learning_rate"),
  /** The generator makes few different samples, or none near much of the data. */
  MODE_COLLAPSE("use loss.kind relativistic-pairing with penalty.kind r1+r2, or net.packing 2"),
  /** The discriminator knows the training data by heart. */
  OVERFITTING("use more data, a smaller net.discriminator_width, or penalty.kind r1"),
  /** The players chase each other in circles. */
  OSCILLATION("use penalty.kind r1, game.rule extra-gradient, or a lower optimizer.beta1"),
  /** The discriminator is certain of everything: the samples are told apart at a glance. */
  SATURATION("use penalty.kind r1, loss.smoothing 0.1, or a discriminator that learns slower"),
  /** A loss, a penalty or a weight is no number. Always ends the run. */
  NON_FINITE("use a lower optimizer.learning_rate, or a lower penalty.weight");

  private final String remedy;

  Alarm(String remedy) {
    this.remedy = remedy;
  }

  /** As commands and files write it: {@code mode-collapse}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What usually helps, in keys of a recipe. */
  public String remedy() {
    return remedy;
  }
}
