package org.sparring.benchmarks.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sparring.natives.Device;
import org.sparring.natives.NativeLibraries;
import org.sparring.natives.SessionOptions;
import org.sparring.natives.TensorFloat32;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * Measures the limits of a device: products of large square matrices in bfloat16, and a pass over
 * memory larger than its caches. The share of these limits that a training step reaches shows how
 * well it uses the device. Prints one line of JSON.
 *
 * <pre>DeviceLimits [SIDE [MEGABYTES]]</pre>
 *
 * <p>Each figure is the best of several runs of a chain of equal ops in one call, so that the
 * overhead of a call is negligible. TensorFlow's graph optimizer is off, because it would shorten
 * the chains.
 */
public final class DeviceLimits {
  private static final int CHAIN = 16;
  private static final int RUNS = 5;
  private static final int SIDE = 8192;
  private static final int MEGABYTES = 1024;

  private DeviceLimits() {}

  /**
   * @param args side of the matrices and megabytes of the memory; default: 8192 and 1024
   */
  public static void main(String[] args) throws IOException {
    int side = args.length > 0 ? Integer.parseInt(args[0]) : SIDE;
    int megabytes = args.length > 1 ? Integer.parseInt(args[1]) : MEGABYTES;
    System.out.println(new ObjectMapper().writeValueAsString(measured(side, megabytes)));
  }

  static Map<String, Object> measured(int side, int megabytes) {
    NativeLibraries.load();
    Map<String, Object> limits = new LinkedHashMap<>();
    boolean gpu = Device.list().stream().anyMatch(Device::isGpu);
    limits.put("device", gpu ? "gpu" : "cpu");
    limits.put("matrix_side", side);
    limits.put("matrix_tflops_bfloat16", products(side, TBfloat16.class) / 1e12);
    TensorFloat32.allow(true);
    limits.put("matrix_tflops_tf32", products(side, TFloat32.class) / 1e12);
    TensorFloat32.allow(false);
    limits.put("matrix_tflops_float32", products(side, TFloat32.class) / 1e12);
    limits.put("memory_mb", megabytes);
    limits.put("memory_gb_per_s", pass(megabytes) / 1e9);
    return limits;
  }

  /**
   * Returns the floating-point operations per second of (side, side) times (side, side). The
   * factors are random and keep their magnitude, because zeros take less power.
   */
  private static <T extends TNumber> double products(int side, Class<T> type) {
    Shape square = Shape.of(side, side);
    double seconds = best(square, type, (tf, x, factor) -> tf.linalg.matMul(x, factor));
    return 2.0 * side * side * side * CHAIN / seconds;
  }

  /** Returns the bytes per second that an addition in place reads and writes. */
  private static double pass(int megabytes) {
    Shape numbers = Shape.of(megabytes * 250_000L);
    double seconds =
        best(numbers, TFloat32.class, (tf, x, start) -> tf.math.add(x, tf.constant(1f)));
    return 2.0 * Float.BYTES * numbers.size() * CHAIN / seconds;
  }

  /** Adds one op to a chain. */
  @FunctionalInterface
  private interface Link<T extends TNumber> {
    /**
     * @param start first operand of the chain
     */
    Operand<T> of(Ops tf, Operand<T> x, Operand<T> start);
  }

  /**
   * Returns the seconds of the fastest run of a chain that begins with values from N(0, 1/rows).
   */
  private static <T extends TNumber> double best(Shape shape, Class<T> type, Link<T> link) {
    try (Graph graph = new Graph();
        Session session = new Session(graph, unoptimized())) {
      Ops tf = Ops.create(graph);
      VarHandleOp handle = tf.varHandleOp(type, shape, VarHandleOp.sharedName("start"));
      Operand<TFloat32> normal =
          tf.random.statelessRandomNormal(
              tf.constant(shape.asArray()), tf.constant(new long[] {1, 2}));
      Operand<TFloat32> scale = tf.constant((float) (1 / Math.sqrt(shape.get(0))));
      session.run(tf.assignVariableOp(handle, tf.dtypes.cast(tf.math.mul(normal, scale), type)));
      Operand<T> start = tf.readVariableOp(handle, type);
      Operand<T> end = start;
      for (int i = 0; i < CHAIN; i++) {
        end = link.of(tf, end, start);
      }
      return fastest(session, corner(tf, end));
    }
  }

  /**
   * Returns one element of the end of the chain, because fetching all would copy it to the host.
   */
  private static <T extends TNumber> Op corner(Ops tf, Operand<T> end) {
    int dimensions = end.shape().numDimensions();
    int[] first = new int[dimensions];
    int[] size = new int[dimensions];
    Arrays.fill(size, 1);
    return tf.slice(end, tf.constant(first), tf.constant(size));
  }

  private static double fastest(Session session, Op op) {
    double best = Double.POSITIVE_INFINITY;
    for (int run = 0; run <= RUNS; run++) {
      long start = System.nanoTime();
      try (Result result = session.runner().fetch(op.op().output(0)).run()) {
        double seconds = (System.nanoTime() - start) / 1e9;
        best = run == 0 ? best : Math.min(best, seconds); // the first run builds kernels
      }
    }
    return best;
  }

  private static ConfigProto unoptimized() {
    ConfigProto.Builder config = SessionOptions.DEFAULT.config().toBuilder();
    config.getGraphOptionsBuilder().getRewriteOptionsBuilder().setDisableMetaOptimizer(true);
    return config.build();
  }
}
