package org.sparring.alarms;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Evaluates the readings of one run and reports each alarm that is raised or cleared. The
 * thresholds are set so that the shipped models train without an alarm; {@code
 * docs/adversarial-training.md} has the counts.
 *
 * <p>The state of an alarm (the largest gradient, the oscillations so far) is not part of
 * checkpoints: it starts empty after a resume.
 */
public final class Alarms {
  /**
   * Number of first readings that raise no alarm: a generator that has not learnt yet looks like a
   * collapsed one.
   */
  static final int WARM_UP = 10;

  private static final int PATIENCE = 5;

  /** D(x) − D(G(z)) from which the discriminator counts as not fooled by the generator. */
  private static final double APART = 0.8;

  private final boolean logOdds;
  private final Hysteresis vanishing = new Hysteresis(2, 1.5, PATIENCE);
  private final Hysteresis collapse = new Hysteresis(1, 0.85, PATIENCE);
  private final Hysteresis overfitting = new Hysteresis(0.3, 0.2, PATIENCE);
  private final Hysteresis oscillation = new Hysteresis(6, 3, 1);
  private final Hysteresis saturation = new Hysteresis(-0.05, -0.1, PATIENCE);
  private final Swings swings = new Swings();
  private final Smoothed gap = new Smoothed();
  private double strongestPull;
  private int readings;

  /**
   * @param logOdds whether the discriminator's logit is a log-odds; only then is V(D, G) meaningful
   *     and saturation checked
   */
  public Alarms(boolean logOdds) {
    this.logOdds = logOdds;
  }

  /**
   * An alarm that has changed.
   *
   * @param alarm the alarm
   * @param raised true if the alarm was raised, false if it was cleared
   * @param measured the measured values, as a phrase for the user
   */
  public record Event(Alarm alarm, boolean raised, String measured) {
    /**
     * Returns one line for the user: the measured values and, for a raised alarm, the usual remedy.
     */
    public String line() {
      return raised
          ? "alarm " + alarm.label() + ": " + measured + "; what usually helps: " + alarm.remedy()
          : "alarm " + alarm.label() + " is over: " + measured;
    }
  }

  /** Evaluates one reading and returns the alarms that it raised or cleared. */
  public List<Event> observe(Reading reading) {
    List<Event> events = new ArrayList<>();
    double pull = pullLeft(reading);
    double overfit =
        gap.after(reading.value("d_accuracy_seen") - reading.value("d_accuracy_held_out"));
    double swung = swings.after(reading.value("d_fake"));
    readings++;
    if (readings <= WARM_UP) {
      return events;
    }
    note(events, Alarm.VANISHING_GRADIENT, vanishing, pull, vanishingText(reading, pull));
    note(events, Alarm.MODE_COLLAPSE, collapse, collapsed(reading), collapseText(reading));
    note(events, Alarm.OVERFITTING, overfitting, overfit, overfittingText(reading));
    note(events, Alarm.OSCILLATION, oscillation, swung, oscillationText(reading, swung));
    if (logOdds) {
      note(events, Alarm.SATURATION, saturation, reading.value("value"), saturationText(reading));
    }
    return events;
  }

  private static void note(
      List<Event> events, Alarm alarm, Hysteresis state, double level, String measured) {
    // an infinity (overflow) or NaN (0/0) must not change the state of an alarm
    if (state.changes(Double.isFinite(level) ? level : Double.NaN)) {
      events.add(new Event(alarm, state.isRaised(), measured));
    }
  }

  /**
   * Returns by how many orders of magnitude the generator's gradient norm has dropped from the
   * run's maximum, while the discriminator separates real from generated samples. At an equilibrium
   * the gradient goes to 0 too, and the logits of a relativistic or penalized discriminator may all
   * have the same sign there; the gap between the scores distinguishes the two cases.
   */
  private double pullLeft(Reading reading) {
    double pull = reading.value("g_grad_norm");
    if (!Double.isFinite(pull)) {
      return Double.NaN;
    }
    strongestPull = Math.max(strongestPull, pull);
    boolean apart = reading.value("d_real") - reading.value("d_fake") >= APART;
    return apart ? Math.log10(strongestPull / Math.max(pull, 1e-30)) : 0;
  }

  private static double collapsed(Reading reading) {
    return Math.max((1 - reading.value("spread")) / 0.5, reading.value("missing") / 0.35);
  }

  private static String vanishingText(Reading reading, double pull) {
    return format(
        "the generator's gradient is 10^-%.1f of its strongest, D(x) %.2f, D(G(z)) %.2f",
        pull, reading.value("d_real"), reading.value("d_fake"));
  }

  private static String collapseText(Reading reading) {
    return format(
        "the spread of generated samples is %.2f of the data's, and %.2f of the data is missing",
        reading.value("spread"), Math.max(0, reading.value("missing")));
  }

  private static String overfittingText(Reading reading) {
    return format(
        "D is right on %.0f %% of the real samples it trains on and on %.0f %% of others",
        100 * reading.value("d_accuracy_seen"), 100 * reading.value("d_accuracy_held_out"));
  }

  private static String oscillationText(Reading reading, double swung) {
    return format(
        "D(G(z)) swung %.0f times between low and high in the last %d readings, now %.2f",
        swung, Swings.WINDOW, reading.value("d_fake"));
  }

  private static String saturationText(Reading reading) {
    return format(
        "V is %.3f of at most 0: D(x) %.3f, D(G(z)) %.3f",
        reading.value("value"), reading.value("d_real"), reading.value("d_fake"));
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }

  /** An exponential moving average, because a single reading is computed from few samples. */
  private static final class Smoothed {
    private static final double RATE = 0.3;
    private double mean = Double.NaN;

    double after(double value) {
      mean = Double.isNaN(mean) ? value : mean + RATE * (value - mean);
      return mean;
    }
  }

  /**
   * Counts how often a share crossed from below {@link #LOW} to above {@link #HIGH}, or back,
   * within the last {@link #WINDOW} readings.
   */
  private static final class Swings {
    static final int WINDOW = 30;
    private static final double LOW = 0.25;
    private static final double HIGH = 0.75;
    private final List<Integer> turns = new ArrayList<>();
    private int reading;
    private boolean high;
    private boolean known;

    int after(double share) {
      reading++;
      if (share > HIGH || share < LOW) {
        boolean now = share > HIGH;
        if (known && now != high) {
          turns.add(reading);
        }
        known = true;
        high = now;
      }
      turns.removeIf(turn -> turn <= reading - WINDOW);
      return turns.size();
    }
  }
}
