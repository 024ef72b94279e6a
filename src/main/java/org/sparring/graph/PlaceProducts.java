package org.sparring.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.family.TFloating;

/**
 * The gradient of a 4×4 convolution of stride 2 by its kernel as four products of matrices.
 *
 * <p>Each 2×2 block of pixels is folded into channels ({@link PixelBlocks}). The 4×4 kernel then is
 * four 1×1 kernels, one for each place of a 2×2 neighbourhood, and the gradient of each is the
 * product of the folded image at that place with the gradient of the map. The sums are the same as
 * those of Conv2DBackpropFilter; oneDNN's bfloat16 kernel gradients are several times slower on
 * small maps with many channels (see docs/kernels.md).
 */
public final class PlaceProducts {
  private PlaceProducts() {}

  /**
   * The gradient by the kernel (4, 4, in, out).
   *
   * @param image (batch, side, side, in)
   * @param map the gradient of the map, (batch, side/2, side/2, out)
   */
  public static <T extends TFloating> Operand<T> kernel(
      Ops tf, Operand<T> image, Operand<T> map, StridedSize size) {
    int channels = 4 * size.in();
    Operand<T> folded = PixelBlocks.folded(tf, image);
    Operand<T> rows = tf.reshape(map, tf.constant(new int[] {-1, size.out()}));
    List<Operand<T>> places = new ArrayList<>();
    for (Operand<T> place : PixelBlocks.places(tf, folded, size)) {
      places.add(
          tf.linalg.matMul(
              tf.reshape(place, tf.constant(new int[] {-1, channels})),
              rows,
              MatMul.transposeA(true)));
    }
    return PixelBlocks.unfoldedKernel(tf, tf.stack(places), size.in(), size.out());
  }
}
