package org.sparring.evaluation;

import java.util.Optional;
import java.util.OptionalInt;
import org.sparring.errors.MetricsException;
import org.sparring.errors.ModelException;
import org.sparring.metrics.Confidence;
import org.sparring.metrics.Features;
import org.sparring.pictures.ImageGeometry;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** A network in a session, with one input tensor and one or two output tensors. */
final class TensorNetwork implements FeatureNetwork {
  /** Side of the images with which a network for any size is tested. */
  private static final int TRIED_SIDE = 32;

  private final Loaded loaded;
  private final Nodes nodes;
  private final InputFormat input;
  private final int batch;
  private final int features;
  private final int classes;

  /**
   * A loaded network.
   *
   * @param name name under which it was opened
   * @param sha256 hash of its files
   * @param session session that runs it
   * @param resources resources to close with the network
   */
  record Loaded(String name, String sha256, Session session, AutoCloseable resources) {}

  /**
   * Tensors by name, such as {@code pool_3:0}.
   *
   * @param input float32 (n, height, width, channels)
   * @param features float32 (n, …)
   * @param probabilities float32 (n, classes)
   */
  record Nodes(String input, String features, Optional<String> probabilities) {}

  /**
   * Runs the network on two black images, to refuse a network that does not run and to find the
   * sizes of its outputs.
   */
  TensorNetwork(Loaded loaded, Nodes nodes, InputFormat input, int batch) {
    this.loaded = loaded;
    this.nodes = nodes;
    this.input = input;
    this.batch = batch;
    int side = input.side().orElse(TRIED_SIDE);
    ImageGeometry tried = new ImageGeometry(side, side, input.channels());
    Sight sight = look(input.pixels(new byte[2 * tried.bytes()]), 2, tried);
    features = each(sight.features(), "features");
    classes = nodes.probabilities().isEmpty() ? 0 : each(sight.probabilities(), "probabilities");
    nodes.probabilities().ifPresent(node -> requireProbabilities(sight, node));
  }

  @Override
  public String name() {
    return loaded.name;
  }

  @Override
  public String sha256() {
    return loaded.sha256;
  }

  @Override
  public InputFormat input() {
    return input;
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public OptionalInt classes() {
    return classes == 0 ? OptionalInt.empty() : OptionalInt.of(classes);
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public Sight see(float[] values, int count, ImageGeometry geometry) {
    Sight sight = look(values, count, geometry);
    require(sight.features(), features, "features", count, geometry);
    require(sight.probabilities(), classes, "probabilities", count, geometry);
    return sight;
  }

  private Sight look(float[] values, int count, ImageGeometry geometry) {
    Shape shape = Shape.of(count, geometry.height(), geometry.width(), geometry.channels());
    try (TFloat32 pixels = TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
        Result result = run(pixels)) {
      float[] seen = floats(result.get(0));
      return new Sight(seen, result.size() > 1 ? floats(result.get(1)) : new float[0]);
    }
  }

  @Override
  public void close() {
    try {
      loaded.resources.close();
    } catch (Exception e) {
      throw new ModelException("cannot close the network " + name(), e);
    }
  }

  private Result run(TFloat32 pixels) {
    Session.Runner runner = loaded.session.runner().feed(nodes.input, pixels).fetch(nodes.features);
    nodes.probabilities.ifPresent(runner::fetch);
    try {
      return runner.run();
    } catch (TensorFlowException | IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
      throw new ModelException(
          "the network " + name() + " does not run on " + pixels.shape() + ": " + reason, e);
    }
  }

  private float[] floats(Tensor tensor) {
    if (!(tensor instanceof TFloat32)) {
      throw new ModelException(
          "the network " + name() + ": expected float32 outputs, found " + tensor.dataType());
    }
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  /**
   * Throws unless there are {@code each} values per image; otherwise the features of one image
   * could be assigned to another.
   */
  private void require(float[] seen, int each, String what, int count, ImageGeometry geometry) {
    if (seen.length != (long) count * each) {
      throw new ModelException(
          "the network "
              + name()
              + ": expected "
              + each
              + " "
              + what
              + " of each image, found "
              + seen.length
              + " numbers for "
              + count
              + " of "
              + geometry
              + "\nWhere they depend on the size of the images, fix it with side=N.");
    }
  }

  private void requireProbabilities(Sight sight, String node) {
    try {
      Confidence.of(new Features(sight.probabilities(), classes));
    } catch (MetricsException e) {
      throw new ModelException(
          "the network " + name() + ": expected probabilities at " + node + "; " + e.getMessage(),
          e);
    }
  }

  /** Returns the number of values for one of the two test images. */
  private int each(float[] values, String what) {
    if (values.length == 0 || values.length % 2 != 0) {
      throw new ModelException(
          "the network "
              + name()
              + ": expected "
              + what
              + " of each of 2 images, found "
              + values.length
              + " numbers");
    }
    return values.length / 2;
  }
}
