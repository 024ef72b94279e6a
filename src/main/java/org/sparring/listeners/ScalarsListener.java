package org.sparring.listeners;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.sparring.runfolders.Recorders;
import org.sparring.training.StepReport;
import org.sparring.training.TrainingListener;

/** Writes scalars to {@code metrics.jsonl} and the TensorBoard events, every few steps. */
public final class ScalarsListener implements TrainingListener {
  private final Recorders recorders;
  private final long every;
  private final boolean logOdds;
  private final LastPenalty penalty;

  /**
   * @param logOdds whether V and the Jensen–Shannon estimate mean something
   * @param penalty hears of each step before this does
   */
  public ScalarsListener(Recorders recorders, long every, boolean logOdds, LastPenalty penalty) {
    this.recorders = recorders;
    this.every = every;
    this.logOdds = logOdds;
    this.penalty = penalty;
  }

  /** What is told of each step is enough. */
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
    scalars.put("d_loss", report.discriminatorLoss());
    scalars.put("g_loss", report.generatorLoss());
    scalars.put("d_real", report.realScore());
    scalars.put("d_fake", report.fakeScore());
    scalars.put("d_accuracy_real", report.realAccuracy());
    scalars.put("d_accuracy_fake", report.fakeAccuracy());
    if (logOdds) {
      scalars.put("value", report.value());
      scalars.put("js_estimate", jensenShannon(report.value()));
    }
    if (penalty.value() != 0) {
      scalars.put("d_penalty", penalty.value());
    }
    scalars.put("step_ms", report.nanos() / 1e6);
    return scalars;
  }

  /**
   * What V says of the Jensen–Shannon divergence in nats, V = −log 4 + 2·JSD at the optimal
   * discriminator (Goodfellow et al. 2014, theorem 1): a lower bound for any other, never below 0.
   */
  private static double jensenShannon(double value) {
    return Math.max(0, (value + Math.log(4)) / 2);
  }
}
