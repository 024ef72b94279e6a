package org.sparring.inference;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.sparring.graph.SessionOptions;
import org.tensorflow.Tensor;
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

  private final LoadedModel model;
  private final GeneratorSignatures form;
  private final ModelVariables variables;

  private GeneratorModel(LoadedModel model) {
    this.model = model;
    form = GeneratorSignatures.of(model);
    variables = ModelVariables.of(model.graph());
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
    LoadedModel model = LoadedModel.load(ModelFolder.find(path), options);
    try {
      return new GeneratorModel(model);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** Length of a latent vector. */
  public int latent() {
    return form.latent();
  }

  /** How many classes it can be asked for; 0 of an unconditional generator. */
  public int classes() {
    return form.classes();
  }

  /** Whether it makes images; else it makes {@link #points points}. */
  public boolean makesImages() {
    return form.samples().numDimensions() == 4;
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
    return Math.toIntExact(form.samples().get(1));
  }

  /** Numbers in the model's variables. */
  public long parameters() {
    return variables.parameters();
  }

  /** Fingerprint of the model's variables, 64 hexadecimal digits. */
  public String weightsSha256() {
    return model.whileOpen(() -> variables.fingerprint().of(model.session()).sha256());
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
    if (truncation == UNTRUNCATED) {
      return sample(seed, count);
    }
    float[] z = latents(seed, count, truncation);
    return classes() == 0 ? generate(z) : generate(z, labels(seed, count));
  }

  /**
   * The classes of the images of a seed, of a conditional generator: each as likely as another.
   *
   * @return (count), from 0
   */
  public int[] labels(long seed, int count) {
    requireCount(count);
    requireConditional();
    try (TInt64 seeds = TInt64.vectorOf(seed, 0);
        TInt32 n = TInt32.scalarOf(count)) {
      Map<String, Tensor> inputs = Map.of(Signatures.SEED, seeds, Signatures.COUNT, n);
      return model.ints(Signatures.SAMPLE, Signatures.LABELS, inputs);
    }
  }

  /**
   * The images of a seed, each of the class that is asked for; of the latents that {@link #latents}
   * gives.
   *
   * @param labels the classes, each from 0 and below {@link #classes()}
   * @throws ModelException if the generator is unconditional
   */
  public Images sample(long seed, int[] labels) {
    requireLabels(labels, labels.length);
    try (TInt64 seeds = TInt64.vectorOf(seed, 0);
        TInt32 asked = TInt32.vectorOf(labels)) {
      Map<String, Tensor> inputs = Map.of(Signatures.SEED, seeds, Signatures.LABELS, asked);
      return images(model.call(Signatures.LABELLED, Signatures.IMAGES, inputs));
    }
  }

  /** The same with latents truncated at ψ. */
  public Images sample(long seed, int[] labels, float truncation) {
    return truncation == UNTRUNCATED
        ? sample(seed, labels)
        : generate(latents(seed, labels.length, truncation), labels);
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
      return model.call(
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
        classes() == 0,
        "expected the class of each image, for " + model.folder() + " is conditional; found none");
    try (TFloat32 latents = tensor(z)) {
      return images(
          model.call(Signatures.SERVING, Signatures.IMAGES, Map.of(Signatures.Z, latents)));
    }
  }

  /**
   * The same of a conditional generator.
   *
   * @param labels the class of each, (count), from 0 and below {@link #classes()}
   */
  public Images generate(float[] z, int[] labels) {
    try (TFloat32 latents = tensor(z);
        TInt32 asked = TInt32.vectorOf(labels)) {
      requireLabels(labels, Math.toIntExact(latents.shape().get(0)));
      Map<String, Tensor> inputs = Map.of(Signatures.Z, latents, Signatures.LABELS, asked);
      return images(model.call(Signatures.SERVING, Signatures.IMAGES, inputs));
    }
  }

  /**
   * Images on the way from the first image of one seed to that of another, along the great arc
   * between their latents (White 2016, arXiv 1609.04468).
   *
   * @param frames at least 2; the first and the last are the seeds' own images
   */
  public Images interpolate(long from, long to, int frames) {
    return generate(path(from, to, frames));
  }

  /** The same of a conditional generator, all of one class. */
  public Images interpolate(long from, long to, int frames, int label) {
    float[] path = path(from, to, frames);
    int[] labels = new int[frames];
    Arrays.fill(labels, label);
    return generate(path, labels);
  }

  /** Latents on the great arc, (frames, latent). */
  private float[] path(long from, long to, int frames) {
    ModelException.require(frames >= 2, "a way has at least 2 frames, found " + frames);
    float[] start = latents(from, 1, UNTRUNCATED);
    float[] end = latents(to, 1, UNTRUNCATED);
    float[] path = new float[frames * latent()];
    for (int frame = 0; frame < frames; frame++) {
      double t = frame / (double) (frames - 1);
      System.arraycopy(GreatArc.between(start, end, t), 0, path, frame * latent(), latent());
    }
    return path;
  }

  /** Frees the model's memory, after the calls under way; later calls are refused. */
  @Override
  public void close() {
    model.close();
  }

  /** The shape (n, height, width, channels), of a model that makes images. */
  private Shape image() {
    ModelException.require(
        makesImages(),
        model.folder()
            + " generates points, not images: expected shape (n, height, width, channels), found "
            + form.samples()
            + "\nA run draws its points in its samples/; ./sparring modes scores them.");
    return form.samples();
  }

  private void requirePoints() {
    ModelException.require(
        !makesImages(),
        model.folder()
            + " generates images, not points: expected shape (n, dimensions), found "
            + form.samples());
  }

  private float[] drawn(long seed, int count) {
    requireCount(count);
    try (TInt64 seeds = TInt64.vectorOf(seed, 0);
        TInt32 n = TInt32.scalarOf(count)) {
      Map<String, Tensor> inputs = Map.of(Signatures.SEED, seeds, Signatures.COUNT, n);
      return model.call(Signatures.SAMPLE, Signatures.IMAGES, inputs);
    }
  }

  private Images images(float[] values) {
    int count = values.length / (height() * width() * channels());
    return new Images(values, count, height(), width(), channels());
  }

  /** (count, latent). */
  private TFloat32 tensor(float[] z) {
    ModelException.require(
        z.length > 0 && z.length % latent() == 0,
        "expected whole latent vectors of " + latent() + " values, found " + z.length + " values");
    Shape shape = Shape.of(z.length / latent(), latent());
    return TFloat32.tensorOf(shape, DataBuffers.of(z, true, false));
  }

  private void requireConditional() {
    ModelException.require(
        classes() > 0, model.folder() + " is unconditional: it cannot be asked for a class");
  }

  private void requireLabels(int[] labels, int count) {
    requireConditional();
    ModelException.require(
        labels.length == count && count >= 1,
        "expected a label for each of " + count + " images, found " + labels.length);
    for (int label : labels) {
      ModelException.require(
          label >= 0 && label < classes(),
          "expected labels from 0 to " + (classes() - 1) + ", found " + label);
    }
  }

  private static void requireCount(int count) {
    ModelException.require(count >= 1, "the number of samples must be at least 1, found " + count);
  }
}
