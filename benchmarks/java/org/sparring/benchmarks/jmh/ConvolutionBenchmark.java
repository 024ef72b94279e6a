package org.sparring.benchmarks.jmh;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.sparring.benchmarks.sheets.Figure;
import org.sparring.benchmarks.sheets.Rounds;
import org.sparring.natives.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * One question: which form of each of a convolution's three products is fastest on this processor?
 *
 * <p>A round computes the product once in each form, in one session; the order is reversed in every
 * second round. A ratio is the time of a form ÷ the time of TensorFlow's own op in the same round.
 * The kernel gradients of real and generated images, added, are a second pair: {@code joined} is
 * one op for a minibatch of 128 ÷ two ops for 64, and {@code concatenated} first joins the images
 * in memory.
 *
 * <p>Hazards. TensorFlow folds constants: the operands are variables. The results are fetched,
 * which copies nothing on the CPU. All cores compute one op after the other. In a training step an
 * operand may still be in the cache, and a folded image may serve two products; here each form
 * folds for itself.
 *
 * <p>Checked: before measuring, the result of each form is compared with that of TensorFlow's op,
 * relative to its largest value.
 *
 * <p>Expect, without AMX: in float32 patches are faster on 4×4 maps of 512 channels only. In
 * bfloat16 the kernel gradients of small maps are faster as products of matrices, and most products
 * are faster in float32 (docs/kernels.md).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 15)
@Fork(1)
public class ConvolutionBenchmark {
  private static final int BATCH = 64;
  private static final String TWO = "two";

  /** Larger and smaller map: three layers of dcgan-64, two of dcgan-32, one of a residual net. */
  @Param({
    "32x32x64-16x16x128",
    "16x16x128-8x8x256",
    "8x8x256-4x4x512",
    "16x16x64-8x8x128",
    "8x8x128-4x4x256",
    "16x16x128-16x16x128"
  })
  public String layer;

  @Param({"float32", "bfloat16"})
  public String precision;

  /** Convolution, gradient with respect to its image, or with respect to its kernel. */
  @Param({"forward", "input", "kernel"})
  public String product;

  /** The device; {@code -p device=gpu:0} selects a GPU. */
  @Param("cpu")
  public String device;

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Map<String, Session.Runner> runners = new LinkedHashMap<>();
  private final Map<String, Rounds> times = new LinkedHashMap<>();
  private Session session;
  private boolean reversed;

  @Setup(Level.Trial)
  public void open() {
    int threads = Runtime.getRuntime().availableProcessors();
    session = new Session(graph, new SessionOptions(threads, 1, device, true).config());
    switch (precision) {
      case "float32" -> prepare(TFloat32.class, 1e-4f);
      case "bfloat16" -> prepare(TBfloat16.class, 2e-2f);
      default ->
          throw new IllegalArgumentException("expected float32 or bfloat16, found " + precision);
    }
  }

  private <T extends TFloating> void prepare(Class<T> type, float tolerance) {
    ConvolutionLayer sizes = ConvolutionLayer.of(layer);
    var forms = new ConvolutionForms<>(tf, sizes, type);
    Operand<T> image = variable("image", type, sizes.image(BATCH));
    Operand<T> map = variable("map", type, sizes.map(BATCH));
    Operand<T> kernel = variable("kernel", type, sizes.kernelShape());
    switch (product) {
      case "forward" -> add(forms.forward(image, kernel), ConvolutionForms.LIBRARY, tolerance);
      case "input" -> add(forms.input(map, kernel), ConvolutionForms.LIBRARY, tolerance);
      case "kernel" -> {
        add(forms.kernel(image, map), ConvolutionForms.LIBRARY, tolerance);
        Operand<T> image2 = variable("another image", type, sizes.image(BATCH));
        Operand<T> map2 = variable("another map", type, sizes.map(BATCH));
        var images = List.of(image, image2);
        add(joined(forms, images, List.of(map, map2)), TWO, tolerance);
      }
      default ->
          throw new IllegalArgumentException("expected forward, input or kernel, found " + product);
    }
  }

  private <T extends TFloating> Map<String, Operand<T>> joined(
      ConvolutionForms<T> forms, List<Operand<T>> images, List<Operand<T>> maps) {
    Operand<T> allImages = tf.concat(images, tf.constant(0));
    Operand<T> allMaps = tf.concat(maps, tf.constant(0));
    Operand<T> image = variable("images", allImages);
    Operand<T> map = variable("maps", allMaps);
    Map<String, Operand<T>> pair = new LinkedHashMap<>();
    pair.put(
        TWO,
        tf.math.add(
            forms.kernelGradient(images.get(0), maps.get(0)),
            forms.kernelGradient(images.get(1), maps.get(1))));
    pair.put("joined", forms.kernelGradient(image, map));
    pair.put("concatenated", forms.kernelGradient(allImages, allMaps));
    return pair;
  }

  private <T extends TFloating> void add(
      Map<String, Operand<T>> forms, String reference, float tolerance) {
    forms.forEach(
        (name, form) -> {
          check(name, form, forms.get(reference), tolerance);
          runners.put(name, session.runner().fetch(form));
          times.put(name, new Rounds());
        });
  }

  /** Computes the product once in each form. */
  @Benchmark
  public void round() {
    List<String> order = new ArrayList<>(runners.keySet());
    if (reversed) {
      Collections.reverse(order);
    }
    reversed = !reversed;
    for (String name : order) {
      long start = System.nanoTime();
      runners.get(name).run().close();
      times.get(name).add((System.nanoTime() - start) * 1e-6);
    }
  }

  @TearDown(Level.Trial)
  public void close() {
    String reference = ConvolutionForms.LIBRARY;
    for (String name : times.keySet()) {
      double[] measured = times.get(name).measured(1);
      if (name.equals(ConvolutionForms.LIBRARY) || name.equals(TWO)) {
        reference = name;
        Figure.print(name, "ms", measured);
      } else {
        Figure.printRatios(name + "/" + reference, measured, times.get(reference).measured(1));
      }
    }
    session.close();
    graph.close();
  }

  private <T extends TFloating> Operand<T> variable(String name, Class<T> type, int[] shape) {
    var seed = tf.constant(new long[] {name.hashCode(), 1});
    var values = tf.random.statelessRandomNormal(tf.constant(shape), seed);
    return variable(name, tf.dtypes.cast(values, type));
  }

  private <T extends TFloating> Operand<T> variable(String name, Operand<T> value) {
    Shape shape = value.shape();
    var handle = tf.varHandleOp(value.type(), shape, VarHandleOp.sharedName(name));
    session.run(tf.assignVariableOp(handle, value));
    return tf.readVariableOp(handle, value.type());
  }

  private <T extends TFloating> void check(
      String name, Operand<T> form, Operand<T> reference, float tolerance) {
    Operand<TFloat32> expected = tf.dtypes.cast(reference, TFloat32.class);
    Operand<TFloat32> difference = tf.math.sub(tf.dtypes.cast(form, TFloat32.class), expected);
    var relative = tf.math.div(largest(difference), largest(expected));
    try (Result result = session.runner().fetch(relative).run()) {
      float found = ((TFloat32) result.get(0)).getFloat();
      if (!(found <= tolerance)) {
        throw new IllegalStateException(
            "expected the result of TensorFlow's op within "
                + tolerance
                + " of its largest value, found a difference of "
                + found
                + " in "
                + name);
      }
    }
  }

  private Operand<TFloat32> largest(Operand<TFloat32> x) {
    return tf.max(tf.math.abs(x), tf.range(tf.constant(0), tf.constant(4), tf.constant(1)));
  }
}
