package org.sparring.listeners;

import java.awt.image.BufferedImage;
import java.util.List;
import org.sparring.assembly.TaskSources;
import org.sparring.data.PointSet;
import org.sparring.data.PointSource;
import org.sparring.data.SampleSource;
import org.sparring.telemetry.ImageGrid;
import org.sparring.telemetry.ScatterPlot;
import org.sparring.training.TrainingGraph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** Draws generated samples: a grid of images, or points over the modes of the data. */
public final class Preview {
  private final SampleSource source;
  private final int columns;
  private final TrainingGraph graph;
  private final Session session;

  /**
   * @param columns number of images in a row of the grid
   */
  public Preview(SampleSource source, int columns, TrainingGraph graph, Session session) {
    this.source = source;
    this.columns = columns;
    this.graph = graph;
    this.session = session;
  }

  /** Draws samples of the current averaged generator. */
  public BufferedImage draw() {
    try (Result result = session.runner().fetch(graph.preview()).run()) {
      TFloat32 samples = (TFloat32) result.get(0);
      return samples.rank() == 2 ? points(modes(source), samples) : grid(samples);
    }
  }

  /** Returns the mixture that generated points should imitate, the one of the last source. */
  private static PointSource modes(SampleSource source) {
    SampleSource last = source instanceof TaskSources all ? all.last() : source;
    return ((PointSet) last).source();
  }

  private static BufferedImage points(PointSource source, TFloat32 samples) {
    float[] values = values(samples);
    var panel = new ScatterPlot.Panel(source.name(), source.modes(), source.sigma(), values);
    return new ScatterPlot("", List.of(panel)).draw();
  }

  /** Draws a grid of images, (n, height, width, channels). */
  private BufferedImage grid(TFloat32 images) {
    int[] shape = new int[4];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = Math.toIntExact(images.shape().get(axis));
    }
    return ImageGrid.of(values(images), shape[0], shape[1], shape[2], shape[3], columns);
  }

  private static float[] values(TFloat32 samples) {
    float[] values = new float[Math.toIntExact(samples.size())];
    samples.asRawTensor().data().asFloats().read(values);
    return values;
  }
}
