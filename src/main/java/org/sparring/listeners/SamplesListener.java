package org.sparring.listeners;

import java.awt.image.BufferedImage;
import java.util.function.Supplier;
import org.sparring.runfolders.Recorders;
import org.sparring.training.StepReport;
import org.sparring.training.TrainingListener;

/** Writes pictures of samples of the averaged generator, always from the same latent vectors. */
public final class SamplesListener implements TrainingListener {
  private final Supplier<BufferedImage> preview;
  private final Recorders recorders;
  private final long every;

  /**
   * @param every number of steps between two pictures; 0 for a single picture at the end
   */
  public SamplesListener(Supplier<BufferedImage> preview, Recorders recorders, long every) {
    this.preview = preview;
    this.recorders = recorders;
    this.every = every;
  }

  @Override
  public long nextStop(StepReport last) {
    return TrainingListener.nextMultiple(last.step(), every);
  }

  @Override
  public void stepped(StepReport report) {
    if (every > 0 && report.step() % every == 0) {
      write(report.step());
    }
  }

  @Override
  public void ended(StepReport report, Ending ending) {
    boolean written = every > 0 && report.step() % every == 0;
    if (ending.isSuccess() && !written) {
      write(report.step());
    }
  }

  private void write(long step) {
    recorders.picture(step, preview.get());
  }
}
