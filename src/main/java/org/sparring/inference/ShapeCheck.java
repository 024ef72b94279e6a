package org.sparring.inference;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import org.sparring.errors.ModelException;
import org.sparring.natives.HostMemory;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.ndarray.Shape;

/**
 * Checks the shapes of a loaded graph before it is run. oneDNN ends the process if the requested
 * size of a transposed convolution does not match its input, or if there is no memory for a tensor.
 * Dimensions that are known only in a run are not checked.
 */
public final class ShapeCheck {
  private static final String TRANSPOSED = "Conv2DBackpropInput";
  private static final int AXES = 4;
  private static final double GIGABYTE = 1e9;

  private final Path file;

  private ShapeCheck(Path file) {
    this.file = file;
  }

  /**
   * @param file that the graph was loaded from, for messages
   * @throws ModelException naming the op
   */
  public static void require(Path file, Graph graph) {
    ShapeCheck check = new ShapeCheck(file);
    OptionalLong memory = HostMemory.ofThisMachine().available();
    graph
        .operations()
        .forEachRemaining(
            op -> {
              for (int i = 0; i < op.numOutputs(); i++) {
                check.requireFits(op, op.output(i).shape(), memory.orElse(Long.MAX_VALUE));
              }
              if (op.type().equals(TRANSPOSED)) {
                check.requireSameGrid(op);
              }
            });
  }

  /**
   * Refuses a tensor that exceeds the memory at one byte a value; an unknown dimension counts as 1.
   */
  private void requireFits(GraphOperation op, Shape shape, long memory) {
    double values = 1;
    for (int i = 0; i < Math.max(0, shape.numDimensions()); i++) {
      values *= Math.max(1, shape.get(i));
    }
    if (values > memory) {
      throw refused(
          op,
          "tensors that fit into the " + gigabytes(memory) + " GB of memory available",
          "one of " + shape);
    }
  }

  private static String gigabytes(double bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / GIGABYTE);
  }

  /** Requires that the convolution of its output has the shape of its input. */
  private void requireSameGrid(GraphOperation op) {
    Shape kernel = op.input(1).shape();
    Shape image = op.output(0).shape();
    Shape map = op.input(2).shape();
    if (kernel.numDimensions() != AXES
        || image.numDimensions() != AXES
        || map.numDimensions() != AXES) {
      return; // TensorFlow refuses other ranks by itself, and unknown ones are not checked
    }
    boolean channelsFirst = op.attributes().getAttrString("data_format").equals("NCHW");
    int height = channelsFirst ? 2 : 1;
    int channel = channelsFirst ? 1 : 3;
    requireEqual(op, image.get(channel), kernel.get(2));
    requireEqual(op, map.get(channel), kernel.get(3));
    requireEqual(op, image.get(0), map.get(0));
    for (int i = 0; i < 2; i++) {
      int axis = height + i;
      requireEqual(op, convolved(op, image.get(axis), kernel.get(i), axis), map.get(axis));
    }
  }

  /** Size of a convolution's output along an axis; unknown where its input is. */
  private static long convolved(GraphOperation op, long size, long kernel, int axis) {
    long stride = op.attributes().getAttrIntList("strides")[axis];
    long dilation = op.attributes().getAttrIntList("dilations")[axis];
    if (size < 0 || kernel < 0) {
      return Shape.UNKNOWN_SIZE;
    }
    long reach = (kernel - 1) * dilation + 1;
    return switch (op.attributes().getAttrString("padding")) {
      case "SAME" -> (size + stride - 1) / stride;
      case "VALID" -> (size - reach + stride) / stride;
      default -> {
        long[] paddings = op.attributes().getAttrIntList("explicit_paddings");
        long padded = size + paddings[2 * axis] + paddings[2 * axis + 1];
        yield (padded - reach + stride) / stride;
      }
    };
  }

  private void requireEqual(GraphOperation op, long expected, long found) {
    if (expected >= 0 && found >= 0 && expected != found) {
      throw refused(op, "a size that belongs to its input, as " + expected, String.valueOf(found));
    }
  }

  private ModelException refused(GraphOperation op, String expected, String found) {
    return ModelException.in(
        file,
        expected,
        found + " (" + op.type() + " " + op.name() + ")",
        "The model is damaged: export or copy it again.");
  }
}
