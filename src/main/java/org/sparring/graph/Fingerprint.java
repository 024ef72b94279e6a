package org.sparring.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * SHA-256 over the little-endian float32 bytes of variables, in the order of their names: equal
 * exactly where every bit of every weight is equal.
 */
public final class Fingerprint {
  private final List<Operand<TFloat32>> reads;

  /** Adds the reads to the graph. */
  public Fingerprint(Ops tf, List<Variable<TFloat32>> variables) {
    reads =
        variables.stream()
            .sorted(Comparator.comparing(Variable::name))
            .map(v -> v.read(tf))
            .toList();
  }

  /** The fingerprint of the session's present values, 64 hexadecimal digits. */
  public String of(Session session) {
    MessageDigest digest = sha256();
    for (Operand<TFloat32> read : reads) {
      // one variable at a time: the host never holds a second copy of the whole model
      try (Result result = session.runner().fetch(read).run()) {
        digest.update(bytes((TFloat32) result.get(0)));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static ByteBuffer bytes(TFloat32 tensor) {
    int size = Math.toIntExact(tensor.size());
    float[] values = new float[size];
    tensor.asRawTensor().data().asFloats().read(values);
    ByteBuffer bytes = ByteBuffer.allocate(size * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
