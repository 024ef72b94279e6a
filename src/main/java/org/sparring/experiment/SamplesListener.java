package org.sparring.experiment;

import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.function.Supplier;
import org.sparring.telemetry.EventFile;
import org.sparring.telemetry.ImageGrid;
import org.sparring.training.StepReport;
import org.sparring.training.TrainingListener;

/** Writes pictures of samples of the averaged generator, always on the same latents. */
final class SamplesListener implements TrainingListener {
  private final Supplier<BufferedImage> preview;
  private final RunFolder folder;
  private final EventFile events;
  private final long every;

  SamplesListener(Supplier<BufferedImage> preview, RunFolder folder, EventFile events, long every) {
    this.preview = preview;
    this.folder = folder;
    this.events = events;
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
    if (ending == Ending.COMPLETED && !written) {
      write(report.step());
    }
  }

  private void write(long step) {
    BufferedImage drawn = preview.get();
    String name = String.format(Locale.ROOT, "step-%08d.png", step);
    ImageGrid.write(drawn, folder.samples().resolve(name));
    events.image(step, "samples", drawn);
  }
}
