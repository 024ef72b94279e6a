package org.sparring.graph;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeBilinearGrad;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.op.image.ResizeNearestNeighborGrad;
import org.tensorflow.op.nn.AvgPool;
import org.tensorflow.op.nn.AvgPoolGrad;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Second derivatives of average pooling and resizing. Both are linear, y = Ax, and their gradient
 * ops compute Aᵀg. With a the upstream gradient of the second differentiation, ∂⟨a, Aᵀg⟩/∂g = Aa:
 * the original op applied to a.
 */
final class ResamplingGradients {
  /** No gradient: the input is a shape, or an image of which only the shape is used. */
  private static final Operand<?> NONE = null;

  private ResamplingGradients() {}

  /** AvgPoolGrad(shape of x, g). */
  static List<Operand<?>> average(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    var in = new AvgPoolGrad.Inputs<TFloat32>(op);
    Operand<TFloat32> byG =
        tf.nn.avgPool(
            upstream(upstream),
            boxed(in.ksize),
            boxed(in.strides),
            in.padding,
            AvgPool.dataFormat(in.dataFormat));
    return Arrays.asList(NONE, byG);
  }

  /** ResizeBilinearGrad(g, x). */
  static List<Operand<?>> bilinear(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    var in = new ResizeBilinearGrad.Inputs<TFloat32>(op);
    Operand<TFloat32> byG =
        tf.image.resizeBilinear(
            upstream(upstream),
            side(tf, in.grads),
            ResizeBilinear.alignCorners(in.alignCorners),
            ResizeBilinear.halfPixelCenters(in.halfPixelCenters));
    return Arrays.asList(byG, NONE);
  }

  /** ResizeNearestNeighborGrad(g, side of x). */
  static List<Operand<?>> nearest(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    var in = new ResizeNearestNeighborGrad.Inputs<TFloat32>(op);
    Operand<TFloat32> byG =
        tf.image.resizeNearestNeighbor(
            upstream(upstream),
            side(tf, in.grads),
            ResizeNearestNeighbor.alignCorners(in.alignCorners),
            ResizeNearestNeighbor.halfPixelCenters(in.halfPixelCenters));
    return Arrays.asList(byG, NONE);
  }

  /** (height, width) of (batch, height, width, channels). */
  private static Operand<TInt32> side(Ops tf, Operand<TFloat32> images) {
    return tf.slice(tf.shape(images), tf.constant(new int[] {1}), tf.constant(new int[] {2}));
  }

  private static Operand<TFloat32> upstream(List<Output<?>> upstream) {
    return upstream.get(0).expect(TFloat32.class);
  }

  private static List<Long> boxed(long[] values) {
    return LongStream.of(values).boxed().toList();
  }
}
