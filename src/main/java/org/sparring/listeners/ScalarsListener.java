package org.sparring.listeners;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.sparring.runfolders.Recorders;
import org.sparring.tasks.Meters;
import org.sparring.training.StepReport;
import org.sparring.training.TrainingListener;

/** Writes scalars to {@code metrics.jsonl} and the TensorBoard events, every few steps. */
public final class ScalarsListener implements TrainingListener {
  private final Recorders recorders;
  private final long every;
  private final boolean logOdds;
  private final LastPenalty penalty;

  /**
   * @param logOdds whether the discriminator's logit is a log-odds; only then V and the
   *     Jensen–Shannon estimate are logged
   * @param penalty is notified of each step before this listener
   */
  public ScalarsListener(Recorders recorders, long every, boolean logOdds, LastPenalty penalty) {
    this.recorders = recorders;
    this.every = every;
    this.logOdds = logOdds;
    this.penalty = penalty;
  }

  /** Requests no further stop: the steps that are reported anyway are enough. */
  @Override
  public long nextStop(StepReport last) {
    return NEVER;
  }

  @Override
  public void stepped(StepReport report) {
    if (report.step() % every == 0) {
      recorders.scalars(report.step(), report.kimg(), scalars(report));
    }
  }

  @Override
  public void ended(StepReport report, Ending ending) {
    if (ending == Ending.DIVERGED) {
      recorders.scalars(report.step(), report.kimg(), scalars(report));
    }
    recorders.event(report.step(), "ended", ending.name().toLowerCase(Locale.ROOT));
  }

  private Map<String, Double> scalars(StepReport report) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    report.meters().stream()
        .filter(name -> !name.equals(Meters.VALUE) && !name.equals(Meters.PENALTY))
        .forEach(name -> scalars.put(name, report.meter(name)));
    if (logOdds && report.meters().contains(Meters.VALUE)) {
      scalars.put("value", report.meter(Meters.VALUE));
      scalars.put("js_estimate", jensenShannon(report.meter(Meters.VALUE)));
    }
    if (penalty.value() != 0) {
      scalars.put("d_penalty", penalty.value());
    }
    scalars.put("step_ms", report.nanos() / 1e6);
    return scalars;
  }

  /**
   * Estimates the Jensen–Shannon divergence in nats from V: at the optimal discriminator V = −log 4
   * + 2·JSD (Goodfellow et al. 2014, theorem 1). For any other discriminator the estimate is a
   * lower bound; it is never below 0.
   */
  private static double jensenShannon(double value) {
    return Math.max(0, (value + Math.log(4)) / 2);
  }
}
