package org.sparring.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * SHA-256 over the little-endian float32 bytes of variables, in the order of their names: equal if
 * and only if every bit of every weight is equal.
 */
public final class Fingerprint {
  private final List<? extends Variable<?>> variables;
  private final List<Operand<TFloat32>> reads;

  /**
   * Adds the reads to the graph.
   *
   * @param variables of float32, or of a type whose values float32 represents exactly
   */
  public Fingerprint(Ops tf, List<? extends Variable<?>> variables) {
    this.variables =
        variables.stream()
            .sorted(Comparator.<Variable<?>, String>comparing(Variable::name))
            .toList();
    reads = this.variables.stream().map(v -> read(tf, v)).toList();
  }

  private static Operand<TFloat32> read(Ops tf, Variable<?> variable) {
    return tf.dtypes.cast(variable.read(tf), TFloat32.class);
  }

  /**
   * The fingerprint of the variables' current values.
   *
   * @param sha256 64 hexadecimal digits
   * @param nonFinite the first variable, by name, that holds a NaN or an infinity
   */
  public record Reading(String sha256, Optional<Variable<?>> nonFinite) {}

  /** Reads every variable once. */
  public Reading of(Session session) {
    MessageDigest digest = sha256();
    Variable<?> broken = null;
    for (int i = 0; i < reads.size(); i++) {
      float[] values = values(session, reads.get(i));
      digest.update(bytes(values));
      if (broken == null && !finite(values)) {
        broken = variables.get(i);
      }
    }
    String hex = HexFormat.of().formatHex(digest.digest());
    return new Reading(hex, Optional.ofNullable(broken));
  }

  /** One variable at a time: the host never holds a second copy of the whole model. */
  private static float[] values(Session session, Operand<TFloat32> read) {
    try (Result result = session.runner().fetch(read).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] values = new float[Math.toIntExact(tensor.size())];
      tensor.asRawTensor().data().asFloats().read(values);
      return values;
    }
  }

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
