package org.sparring.listeners;

import java.awt.image.BufferedImage;
import java.util.List;
import org.sparring.assembly.TaskData;
import org.sparring.data.Dataset;
import org.sparring.data.FieldValues;
import org.sparring.telemetry.ImageGrid;
import org.sparring.telemetry.ScatterPlot;
import org.sparring.training.TrainingGraph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** Draws generated samples: a grid of images, or points over the modes of the data. */
public final class Preview {
  /** Number of real points that are drawn if the mixture is not known. */
  private static final int REALS = 200;

  private final TaskData data;
  private final int columns;
  private final TrainingGraph graph;
  private final Session session;

  /**
   * @param columns number of images in a row of the grid
   */
  public Preview(TaskData data, int columns, TrainingGraph graph, Session session) {
    this.data = data;
    this.columns = columns;
    this.graph = graph;
    this.session = session;
  }

  /** Draws samples of the current averaged generator. */
  public BufferedImage draw() {
    try (Result result = session.runner().fetch(graph.preview()).run()) {
      TFloat32 samples = (TFloat32) result.get(0);
      return samples.rank() == 2 ? points(data.last(), samples) : grid(samples);
    }
  }

  /**
   * Draws generated points over the modes of the data, or over real points if the modes are not
   * known.
   */
  private static BufferedImage points(Dataset data, TFloat32 samples) {
    int dimensions = Math.toIntExact(samples.shape().get(1));
    float[] shown = plane(values(samples), dimensions);
    ScatterPlot.Panel panel =
        data.mixture()
            .map(of -> new ScatterPlot.Panel(data.name(), of.modes(), of.sigma(), shown))
            .orElseGet(
                () ->
                    ScatterPlot.Panel.over(
                        data.name() + ": circles are real points", reals(data), shown));
    return new ScatterPlot("", List.of(panel)).draw();
  }

  private static float[] reals(Dataset data) {
    FieldValues values = FieldValues.ofSamples(data);
    int count = Math.min(REALS, data.size());
    return plane(values.spread(count), values.field().values());
  }

  /**
   * Returns the first two coordinates of each point, (n, 2); for points of one coordinate the
   * second is 0.
   */
  private static float[] plane(float[] points, int dimensions) {
    int count = points.length / dimensions;
    float[] plane = new float[2 * count];
    for (int i = 0; i < count; i++) {
      plane[2 * i] = points[i * dimensions];
      plane[2 * i + 1] = dimensions == 1 ? 0 : points[i * dimensions + 1];
    }
    return plane;
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
