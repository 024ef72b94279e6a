package org.sparring.inference;

import com.sun.jna.Pointer;
import java.nio.FloatBuffer;
import org.sparring.errors.ErrorKind;
import org.sparring.errors.ModelException;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DataStorageVisitor;

/** The values of a tensor where TensorFlow left them: seen, not copied. */
final class NativeValues {
  private NativeValues() {}

  /**
   * @param tensor float32
   * @return its values, row-major; to be read only while the tensor is open
   */
  static FloatBuffer of(Tensor tensor) {
    long bytes = Math.multiplyExact(tensor.size(), (long) Float.BYTES);
    if (bytes > Integer.MAX_VALUE) {
      throw new ModelException(
          ErrorKind.TOO_MANY,
          "expected at most 2 GiB of values in a call, found "
              + bytes
              + " bytes\nAsk for fewer per call.");
    }
    return tensor.asRawTensor().data().asFloats().accept(new View(bytes)).asReadOnlyBuffer();
  }

  /** Native memory by its address; or the buffer itself, where Java forbids addresses. */
  private record View(long bytes) implements DataStorageVisitor<FloatBuffer> {
    @Override
    public FloatBuffer visit(long address, long length, long scale) {
      return new Pointer(address).getByteBuffer(0, bytes).asFloatBuffer();
    }

    @Override
    public FloatBuffer visit(FloatBuffer buffer) {
      return buffer.duplicate();
    }

    @Override
    public FloatBuffer fallback() {
      throw new IllegalStateException("expected a tensor in memory, found none");
    }
  }
}
