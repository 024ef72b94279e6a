package org.sparring.experiment;

import java.awt.image.BufferedImage;
import java.util.Locale;
import org.sparring.telemetry.EventFile;
import org.sparring.telemetry.ImageGrid;
import org.sparring.training.StepReport;
import org.sparring.training.TrainingGraph;
import org.sparring.training.TrainingListener;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** Writes grids of samples of the averaged generator, always on the same latents. */
final class SamplesListener implements TrainingListener {
  private final TrainingGraph graph;
  private final Session session;
  private final RunFolder folder;
  private final EventFile events;
  private final long every;

  SamplesListener(
      TrainingGraph graph, Session session, RunFolder folder, EventFile events, long every) {
    this.graph = graph;
    this.session = session;
    this.folder = folder;
    this.events = events;
    this.every = every;
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
    try (Result result = session.runner().fetch(graph.preview()).run()) {
      TFloat32 images = (TFloat32) result.get(0); // (n, height, width, channels)
      BufferedImage grid = grid(images);
      String name = String.format(Locale.ROOT, "step-%08d.png", step);
      ImageGrid.write(grid, folder.samples().resolve(name));
      events.image(step, "samples", grid);
    }
  }

  private static BufferedImage grid(TFloat32 images) {
    float[] values = new float[Math.toIntExact(images.size())];
    images.asRawTensor().data().asFloats().read(values);
    int[] shape = new int[4];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = Math.toIntExact(images.shape().get(axis));
    }
    int columns = (int) Math.ceil(Math.sqrt(shape[0]));
    return ImageGrid.of(values, shape[0], shape[1], shape[2], shape[3], columns);
  }
}
