package org.sparring.distributed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparring.replicas.Exchange;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Exchanges short texts among the processes of a cluster, before and after training. A byte travels
 * as a float32, which holds it exactly.
 */
record Messages(ClusterServer server) {
  private static final int BYTE = 0xFF;

  /** Returns the texts of all processes by rank. */
  List<String> all(String own) {
    byte[] bytes = own.getBytes(StandardCharsets.UTF_8);
    float[][] lengths = all(new float[] {bytes.length});
    int most = 0;
    for (float[] length : lengths) {
      most = Math.max(most, (int) length[0]);
    }
    float[] padded = new float[Math.max(1, most)];
    for (int i = 0; i < bytes.length; i++) {
      padded[i] = bytes[i] & BYTE;
    }
    float[][] texts = all(padded);
    List<String> found = new ArrayList<>();
    for (int rank = 0; rank < texts.length; rank++) {
      found.add(text(texts[rank], (int) lengths[rank][0]));
    }
    return found;
  }

  private static String text(float[] values, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) values[i];
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Returns the values of all processes, (processes, values). */
  private float[][] all(float[] own) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Exchange exchange = server.exchange();
      Operand<TFloat32> all = exchange.all(tf, tf.constant(own));
      try (Session session = server.session(graph);
          Result result = session.runner().fetch(all).run()) {
        float[] flat = new float[exchange.replica().count() * own.length];
        ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(flat);
        float[][] rows = new float[exchange.replica().count()][];
        for (int rank = 0; rank < rows.length; rank++) {
          rows[rank] = Arrays.copyOfRange(flat, rank * own.length, (rank + 1) * own.length);
        }
        return rows;
      }
    }
  }
}
