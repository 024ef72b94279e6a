package org.example;

import java.util.Optional;
import org.sparring.training.StepReport;
import org.sparring.training.TrainingListener;

/** Ends a run when the generator's loss has not reached a new minimum for some steps. */
public final class EarlyStopping implements TrainingListener {
  private final long patience;
  private double best = Double.POSITIVE_INFINITY;
  private long bestStep;
  private long step;

  public EarlyStopping(long patience) {
    this.patience = patience;
  }

  @Override
  public void stepped(StepReport report) {
    step = report.step();
    if (report.generatorLoss() < best) {
      best = report.generatorLoss();
      bestStep = step;
    }
  }

  @Override
  public Optional<Ending> ending() {
    return step - bestStep >= patience ? Optional.of(Ending.STOPPED_EARLY) : Optional.empty();
  }
}
