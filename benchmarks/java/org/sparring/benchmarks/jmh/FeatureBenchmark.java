package org.sparring.benchmarks.jmh;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
import org.sparring.data.GlyphSource;
import org.sparring.data.ImageAdapter;
import org.sparring.data.ImageSource;
import org.sparring.evaluation.Classifier;
import org.sparring.evaluation.FeatureExtraction;
import org.sparring.evaluation.FeatureNetwork;
import org.sparring.evaluation.FeatureNetworks;
import org.sparring.evaluation.FeatureSample;
import org.sparring.evaluation.ImageBatches;
import org.sparring.natives.SessionOptions;
import org.sparring.pictures.ImageGeometry;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * One question: how much of the bare network's throughput is left when images are read, cropped,
 * scaled, and their features collected?
 *
 * <p>The network is the shipped classifier of digits: it is small, so the overhead around it is a
 * large share. The bare loop runs over prepared tensors, fetches features and probabilities and
 * discards them. Both are timed alternately, in sessions with the same options; the ratio of each
 * round is printed when the trial ends. JMH's own figure is one round of both.
 *
 * <p>Each round is checked: the features of the last images must equal the bare loop's.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 9)
@Fork(1)
public class FeatureBenchmark {
  private static final int COUNT = 2000;
  private static final int BATCH = 250;
  private static final int WARM_UP = 2;

  /** Side of the images in pixels; the network takes 28. */
  @Param({"28", "32", "64"})
  public int side;

  private FeatureNetwork network;
  private FeatureExtraction extraction;
  private ImageSource source;
  private int[] all;
  private SavedModelBundle bundle;
  private TFloat32[] prepared;
  private String input;
  private String[] outputs;
  private double[] bareTimes = new double[0];
  private double[] ownTimes = new double[0];
  private int turns;

  @Setup
  public void open() {
    source = new Held(new GlyphSource(COUNT, side, 1, 1));
    all = new int[COUNT];
    Arrays.setAll(all, i -> i);
    network = FeatureNetworks.open("digits", SessionOptions.CPU);
    extraction = new FeatureExtraction(network, ImageAdapter.Method.AUTO, false);
    bundle =
        SavedModelBundle.loader(Classifier.shipped().toString())
            .withTags(SavedModelBundle.DEFAULT_TAG)
            .withConfigProto(SessionOptions.CPU.config())
            .load();
    Signature signature =
        bundle.signatures().stream()
            .filter(s -> s.key().equals(Signature.DEFAULT_KEY))
            .findFirst()
            .orElseThrow();
    input = signature.getInputs().get("images").name;
    outputs =
        new String[] {
          signature.getOutputs().get("features").name,
          signature.getOutputs().get("probabilities").name
        };
    prepared = new TFloat32[COUNT / BATCH];
    Arrays.setAll(prepared, this::tensor);
  }

  /** Runs the extraction and the bare loop once each. */
  @Benchmark
  public FeatureSample both() {
    long start = System.nanoTime();
    float[] last = bare();
    long middle = System.nanoTime();
    FeatureSample sample = extraction.of(ImageBatches.of(source, all), (done, count) -> {});
    long end = System.nanoTime();
    if (turns++ >= WARM_UP) {
      bareTimes = with(bareTimes, (double) (middle - start));
      ownTimes = with(ownTimes, (double) (end - middle));
    }
    requireEqual(last, sample);
    return sample;
  }

  @TearDown
  public void close() {
    Figure.print("bare", "images/s", rates(bareTimes));
    Figure.print("with all around it", "images/s", rates(ownTimes));
    Figure.printRatios("bare/with all around it, time", bareTimes, ownTimes);
    Arrays.stream(prepared).forEach(TFloat32::close);
    network.close();
    bundle.close();
  }

  /** Runs the bare loop and returns the features of the last batch. */
  private float[] bare() {
    float[] features = new float[BATCH * network.features()];
    for (TFloat32 tensor : prepared) {
      Session.Runner runner = bundle.session().runner().feed(input, tensor);
      for (String output : outputs) {
        runner.fetch(output);
      }
      try (Result result = runner.run()) {
        if (tensor == prepared[prepared.length - 1]) {
          ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(features);
        }
      }
    }
    return features;
  }

  private TFloat32 tensor(int batch) {
    var adapter = extraction.adapter(source.geometry());
    int each = adapter.to().bytes();
    float[] values = new float[BATCH * each];
    for (int i = 0; i < BATCH; i++) {
      byte[] image = new byte[source.geometry().bytes()];
      source.read(batch * BATCH + i, image, 0);
      byte[] adapted = adapter.apply(image);
      for (int k = 0; k < each; k++) {
        values[i * each + k] = -1 + (adapted[k] & 0xff) * (2f / 255f);
      }
    }
    Shape shape = Shape.of(BATCH, adapter.to().height(), adapter.to().width(), 1);
    return TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
  }

  private void requireEqual(float[] last, FeatureSample sample) {
    float[] features = sample.features().values();
    for (int i = 0; i < last.length; i++) {
      float own = features[features.length - last.length + i];
      if (Math.abs(own - last[i]) > 1e-4f * Math.max(1, Math.abs(last[i]))) {
        throw new IllegalStateException("feature " + i + ": " + own + ", bare " + last[i]);
      }
    }
  }

  private static double[] with(double[] times, double nanos) {
    double[] more = Arrays.copyOf(times, times.length + 1);
    more[times.length] = nanos;
    return more;
  }

  private static double[] rates(double[] times) {
    return Arrays.stream(times).map(nanos -> COUNT / nanos * 1e9).toArray();
  }

  /** Glyphs that are drawn once and kept, because drawing is not measured. */
  private static final class Held implements ImageSource {
    private final GlyphSource drawn;
    private final byte[] pixels;

    Held(GlyphSource drawn) {
      this.drawn = drawn;
      pixels = drawn.pixels();
    }

    @Override
    public ImageGeometry geometry() {
      return drawn.geometry();
    }

    @Override
    public void read(int index, byte[] into, int offset) {
      System.arraycopy(pixels, index * geometry().bytes(), into, offset, geometry().bytes());
    }

    @Override
    public int label(int index) {
      return drawn.label(index);
    }

    @Override
    public String name() {
      return drawn.name();
    }

    @Override
    public int size() {
      return drawn.size();
    }

    @Override
    public String contentHash() {
      return drawn.contentHash();
    }
  }
}
