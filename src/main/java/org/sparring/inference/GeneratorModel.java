package org.sparring.inference;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.sparring.graph.NativeLibraries;
import org.sparring.graph.SessionOptions;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * A trained generator: a seed in, pixels out. Loads an exported SavedModel and needs nothing of the
 * training code. Any number of threads may ask at once; the same seed gives the same pixels.
 */
public final class GeneratorModel implements AutoCloseable {
  /** No truncation: latents as the prior gives them. */
  public static final float UNTRUNCATED = 0;

  private final SavedModelBundle bundle;
  private final Path folder;
  private final Shape samples;
  private final int latent;
  private final ModelVariables variables;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private GeneratorModel(SavedModelBundle bundle, Path folder) {
    this.bundle = bundle;
    Signature serving =
        signature(Signatures.SERVING, Set.of(Signatures.Z), Signatures.IMAGES, folder);
    Set<String> drawn = Set.of(Signatures.SEED, Signatures.COUNT);
    Set<String> truncated = Set.of(Signatures.SEED, Signatures.COUNT, Signatures.TRUNCATION);
    signature(Signatures.SAMPLE, drawn, Signatures.IMAGES, folder);
    signature(Signatures.LATENTS, truncated, Signatures.Z, folder);
    Shape z = serving.getInputs().get(Signatures.Z).shape;
    ModelException.require(
        z.numDimensions() == 2 && z.get(1) > 0,
        folder + " is no generator of Sparring: expected z of shape (n, latent), found " + z);
    latent = Math.toIntExact(z.get(1));
    samples = serving.getOutputs().get(Signatures.IMAGES).shape;
    variables = ModelVariables.of(bundle.graph());
    this.folder = folder;
    ModelException.require(
        samples.numDimensions() == 4 || samples.numDimensions() == 2,
        folder
            + " is no generator of Sparring: expected samples of shape (n, height, width, channels)"
            + " or (n, dimensions), found "
            + samples);
  }

  /** Loads on the device TensorFlow chooses. */
  public static GeneratorModel load(Path path) {
    return load(path, SessionOptions.DEFAULT);
  }

  /**
   * @param path a SavedModel folder, or a run folder that holds one
   * @throws ModelException if there is none, or it is not a generator
   */
  public static GeneratorModel load(Path path, SessionOptions options) {
    Path folder = ModelFolder.find(path);
    NativeLibraries.load(options);
    try {
      SavedModelBundle bundle =
          SavedModelBundle.loader(folder.toString())
              .withTags(SavedModelBundle.DEFAULT_TAG)
              .withConfigProto(options.config())
              .load();
      return checked(bundle, folder);
    } catch (TensorFlowException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
      throw new ModelException("cannot load the SavedModel " + folder + ": " + reason, e);
    }
  }

  /** Length of a latent vector. */
  public int latent() {
    return latent;
  }

  /** Whether it makes images; else it makes {@link #points points}. */
  public boolean makesImages() {
    return samples.numDimensions() == 4;
  }

  /** Rows of an image. */
  public int height() {
    return Math.toIntExact(image().get(1));
  }

  /** Columns of an image. */
  public int width() {
    return Math.toIntExact(image().get(2));
  }

  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. */
  public int channels() {
    return Math.toIntExact(image().get(3));
  }

  /** Coordinates of a point, of a model that makes points. */
  public int dimensions() {
    requirePoints();
    return Math.toIntExact(samples.get(1));
  }

  /** Numbers in the model's variables. */
  public long parameters() {
    return variables.parameters();
  }

  /** Fingerprint of the model's variables, 64 hexadecimal digits. */
  public String weightsSha256() {
    return whileOpen(() -> variables.fingerprint().of(bundle.session()).sha256());
  }

  /**
   * The points of a seed; fewer are the first of more.
   *
   * @return (count, dimensions), row-major
   * @throws ModelException if the model makes images
   */
  public float[] points(long seed, int count) {
    requirePoints();
    return drawn(seed, count);
  }

  /** The images of a seed; fewer are the first of more. */
  public Images sample(long seed, int count) {
    image();
    return images(drawn(seed, count));
  }

  /** The images of a seed with latents truncated at ψ; see {@link #latents}. */
  public Images sample(long seed, int count, float truncation) {
    return generate(latents(seed, count, truncation));
  }

  /**
   * The latent vectors that a seed's images are generated from.
   *
   * @param truncation ψ: no component of a normal prior lies beyond it, a uniform prior is scaled
   *     by it; {@link #UNTRUNCATED} for none
   * @return (count, latent), row-major
   */
  public float[] latents(long seed, int count, float truncation) {
    requireCount(count);
    ModelException.require(
        truncation >= 0 && Float.isFinite(truncation),
        "truncation must be 0 (none) or more, found " + truncation);
    try (TInt64 seeds = TInt64.vectorOf(seed, 0);
        TInt32 n = TInt32.scalarOf(count);
        TFloat32 threshold = TFloat32.scalarOf(truncation)) {
      return call(
          Signatures.LATENTS,
          Signatures.Z,
          Map.of(Signatures.SEED, seeds, Signatures.COUNT, n, Signatures.TRUNCATION, threshold));
    }
  }

  /**
   * @param z (count, latent), row-major
   */
  public Images generate(float[] z) {
    ModelException.require(
        z.length > 0 && z.length % latent == 0,
        "expected whole latent vectors of " + latent + " values, found " + z.length + " values");
    Shape shape = Shape.of(z.length / latent, latent);
    try (TFloat32 latents = TFloat32.tensorOf(shape, DataBuffers.of(z, true, false))) {
      return images(call(Signatures.SERVING, Signatures.IMAGES, Map.of(Signatures.Z, latents)));
    }
  }

  /**
   * Images on the way from the first image of one seed to that of another, along the great arc
   * between their latents (White 2016, arXiv 1609.04468).
   *
   * @param frames at least 2; the first and the last are the seeds' own images
   */
  public Images interpolate(long from, long to, int frames) {
    ModelException.require(frames >= 2, "a way has at least 2 frames, found " + frames);
    float[] start = latents(from, 1, UNTRUNCATED);
    float[] end = latents(to, 1, UNTRUNCATED);
    float[] path = new float[frames * latent];
    for (int frame = 0; frame < frames; frame++) {
      double t = frame / (double) (frames - 1);
      System.arraycopy(GreatArc.between(start, end, t), 0, path, frame * latent, latent);
    }
    return generate(path);
  }

  /** Frees the model's memory, after the calls under way; later calls are refused. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        bundle.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The shape (n, height, width, channels), of a model that makes images. */
  private Shape image() {
    ModelException.require(
        makesImages(),
        folder
            + " generates points, not images: expected shape (n, height, width, channels), found "
            + samples
            + "\nA run draws its points in its samples/; ./sparring modes scores them.");
    return samples;
  }

  private void requirePoints() {
    ModelException.require(
        !makesImages(),
        folder + " generates images, not points: expected shape (n, dimensions), found " + samples);
  }

  private float[] drawn(long seed, int count) {
    requireCount(count);
    try (TInt64 seeds = TInt64.vectorOf(seed, 0);
        TInt32 n = TInt32.scalarOf(count)) {
      Map<String, Tensor> inputs = Map.of(Signatures.SEED, seeds, Signatures.COUNT, n);
      return call(Signatures.SAMPLE, Signatures.IMAGES, inputs);
    }
  }

  private float[] call(String signature, String output, Map<String, Tensor> inputs) {
    return whileOpen(
        () -> {
          try (Result result = bundle.function(signature).call(inputs)) {
            Tensor tensor = result.get(output).orElseThrow();
            float[] values = new float[Math.toIntExact(tensor.size())];
            tensor.asRawTensor().data().asFloats().read(values);
            return values;
          }
        });
  }

  private <T> T whileOpen(Supplier<T> call) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("this model is closed");
      }
      return call.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  private Images images(float[] values) {
    int count = values.length / (height() * width() * channels());
    return new Images(values, count, height(), width(), channels());
  }

  private static GeneratorModel checked(SavedModelBundle bundle, Path folder) {
    try {
      return new GeneratorModel(bundle, folder);
    } catch (RuntimeException e) {
      bundle.close();
      throw e;
    }
  }

  private Signature signature(String name, Set<String> inputs, String output, Path folder) {
    Signature found = signature(name, folder);
    ModelException.require(
        found.inputNames().equals(inputs) && found.outputNames().contains(output),
        folder
            + " is no generator of Sparring: expected signature "
            + name
            + " from "
            + new TreeSet<>(inputs)
            + " to "
            + output
            + ", found from "
            + new TreeSet<>(found.inputNames())
            + " to "
            + new TreeSet<>(found.outputNames()));
    return found;
  }

  private Signature signature(String name, Path folder) {
    return bundle.signatures().stream()
        .filter(s -> s.key().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    folder
                        + " is no generator of Sparring: expected signature "
                        + name
                        + ", found "
                        + bundle.signatures().stream().map(Signature::key).toList()));
  }

  private static void requireCount(int count) {
    ModelException.require(count >= 1, "the number of samples must be at least 1, found " + count);
  }
}
