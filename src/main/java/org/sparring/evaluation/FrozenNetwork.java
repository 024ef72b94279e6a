package org.sparring.evaluation;

import java.util.Collections;
import org.sparring.errors.ModelException;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;

/** A trained network whose ops are copied into another graph, to compare images while training. */
public final class FrozenNetwork {
  /** Rec. 601, as image files are converted to grey. */
  private static final float[] GREY = {0.299f, 0.587f, 0.114f};

  private final String name;
  private final OpCopies copies;
  private final String output;
  private final InputFormat format;

  /**
   * @param name for messages
   * @param graph without variables
   * @param nodes tensors {@code NAME:INDEX}
   */
  FrozenNetwork(String name, GraphDef graph, TensorNetwork.Nodes nodes, InputFormat format) {
    this.name = name;
    this.copies =
        new OpCopies(name, graph, nodes.input().substring(0, nodes.input().lastIndexOf(':')));
    this.output = nodes.features();
    this.format = format;
  }

  /**
   * Adds a copy of the network to a graph, the same one at each call; its weights are added once.
   * Images are resized bilinearly and converted to the network's channels and range.
   *
   * @param images (n, h, w, channels) in [−1, 1]
   * @return features (n, …); gradients pass through to the images
   * @throws ModelException if the network does not accept images of this shape
   */
  public Operand<TFloat32> features(Ops tf, Operand<TFloat32> images) {
    Ops scoped = tf.withSubScope("features");
    try {
      return copies.of(scoped, output, converted(scoped, images));
    } catch (IllegalArgumentException | TensorFlowException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
      throw new ModelException(
          "the network " + name + " does not accept " + images.shape() + ": " + reason, e);
    }
  }

  private Operand<TFloat32> converted(Ops tf, Operand<TFloat32> images) {
    Operand<TFloat32> sized = images;
    if (format.side().isPresent()) {
      int side = format.side().getAsInt();
      sized =
          tf.image.resizeBilinear(
              images, tf.constant(new int[] {side, side}), ResizeBilinear.halfPixelCenters(true));
    }
    float half = (format.range().white() - format.range().black()) / 2;
    return tf.math.add(
        tf.math.mul(channels(tf, sized), tf.constant(half)),
        tf.constant(format.range().black() + half));
  }

  private Operand<TFloat32> channels(Ops tf, Operand<TFloat32> images) {
    long found = images.shape().get(3);
    int expected = format.channels();
    if (found == expected) {
      return images;
    }
    if (found == 1) {
      return tf.concat(Collections.nCopies(expected, images), tf.constant(3));
    }
    ModelException.require(
        found == GREY.length && expected == 1,
        "the network " + name + ": expected images of " + expected + " channels, found " + found);
    return tf.sum(tf.math.mul(images, tf.constant(GREY)), tf.constant(3), Sum.keepDims(true));
  }
}
