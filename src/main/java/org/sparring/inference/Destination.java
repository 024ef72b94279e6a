package org.sparring.inference;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.function.Consumer;
import org.sparring.errors.ErrorKind;
import org.sparring.errors.ModelException;
import org.sparring.telemetry.ImageGrid;

/** A caller's buffer. Values are written at its position, which advances. */
final class Destination {
  private Destination() {}

  /**
   * Values in [−1, 1], copied once.
   *
   * @param values number of values that must fit
   * @throws ModelException if it has not, or is read-only
   */
  static Consumer<FloatBuffer> of(FloatBuffer into, long values) {
    require(into, values, "floats");
    return into::put;
  }

  /** Returns a reader that writes the values in 8 bits: −1 is 0, 0 is 128, 1 is 255. */
  static Consumer<FloatBuffer> of(ByteBuffer into, long values) {
    require(into, values, "bytes");
    return found -> {
      int count = found.remaining();
      for (int i = 0; i < count; i++) {
        into.put((byte) ImageGrid.toByte(found.get(i)));
      }
    };
  }

  private static void require(Buffer into, long values, String unit) {
    ModelException.requireRequest(
        !into.isReadOnly(), "expected a buffer that can be written, found a read-only one");
    if (into.remaining() < values) {
      throw new ModelException(
          ErrorKind.BAD_REQUEST,
          "expected room for " + values + " " + unit + ", found " + into.remaining());
    }
  }
}
