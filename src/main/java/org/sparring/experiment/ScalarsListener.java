package org.sparring.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sparring.telemetry.EventFile;
import org.sparring.telemetry.MetricsFile;
import org.sparring.training.StepReport;
import org.sparring.training.TrainingListener;

/** Writes scalars to {@code metrics.jsonl} and the TensorBoard events, every few steps. */
final class ScalarsListener implements TrainingListener {
  private final MetricsFile metrics;
  private final EventFile events;
  private final long every;

  ScalarsListener(MetricsFile metrics, EventFile events, long every) {
    this.metrics = metrics;
    this.events = events;
    this.every = every;
  }

  @Override
  public void stepped(StepReport report) {
    if (report.step() % every == 0) {
      Map<String, Double> scalars = scalars(report);
      metrics.append(report.step(), report.kimg(), scalars);
      events.scalars(report.step(), scalars);
    }
  }

  @Override
  public void ended(StepReport report, Ending ending) {
    if (ending == Ending.DIVERGED) {
      metrics.append(report.step(), report.kimg(), scalars(report));
    }
    metrics.event(report.step(), "ended", ending.name().toLowerCase(java.util.Locale.ROOT));
  }

  private static Map<String, Double> scalars(StepReport report) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put("d_loss", report.discriminatorLoss());
    scalars.put("g_loss", report.generatorLoss());
    scalars.put("d_real", report.realScore());
    scalars.put("d_fake", report.fakeScore());
    scalars.put("step_ms", report.nanos() / 1e6);
    return scalars;
  }
}
