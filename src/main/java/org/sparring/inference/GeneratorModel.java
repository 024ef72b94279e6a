package org.sparring.inference;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.sparring.errors.ModelException;
import org.sparring.exports.ModelFolder;
import org.sparring.natives.SessionOptions;

/**
 * A trained generator: takes a seed and returns pixels. Loads an exported SavedModel and needs no
 * training code. Any number of threads may call it concurrently; the same seed gives the same
 * pixels. A request that cannot be answered is refused before TensorFlow is called, by a {@link
 * ModelException} of kind BAD_REQUEST, TOO_MANY or CLOSED.
 */
public final class GeneratorModel implements AutoCloseable {
  /** No truncation: latent vectors follow the prior. */
  public static final float UNTRUNCATED = 0;

  private final LoadedModel model;
  private final GeneratorSignatures form;
  private final RequestChecks checks;
  private final ModelVariables variables;
  private final GeneratorCalls calls;

  private GeneratorModel(LoadedModel model) {
    this.model = model;
    form = GeneratorSignatures.of(model);
    checks = new RequestChecks(model, form);
    variables = ModelVariables.of(model);
    calls = new GeneratorCalls(model, form);
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
    return load(path, options, OpPolicy.KNOWN);
  }

  /**
   * @param path a SavedModel folder, or a run folder that holds one
   * @param policy which ops the model may contain
   * @throws ModelException if there is none, it is damaged or contains other ops, or it is not a
   *     generator
   */
  public static GeneratorModel load(Path path, SessionOptions options, OpPolicy policy) {
    LoadedModel model = LoadedModel.load(ModelFolder.find(path), options, policy);
    try {
      return new GeneratorModel(model);
    } catch (ModelException e) {
      model.close();
      throw e;
    } catch (RuntimeException e) {
      model.close();
      throw LoadedModel.unloadable(path, e);
    }
  }

  /** Length of a latent vector. */
  public int latent() {
    return form.latent();
  }

  /** Returns the number of classes; 0 if the generator is unconditional. */
  public int classes() {
    return form.classes();
  }

  /**
   * Names of the classes by their numbers, as the training data had them; {@code 0}, {@code 1}, …
   * where it had none. Empty for an unconditional generator.
   */
  public List<String> labelNames() {
    return form.labelNames();
  }

  /** Whether it makes images; else it makes {@link #points points}. */
  public boolean makesImages() {
    return form.makesImages();
  }

  /** Rows of an image. */
  public int height() {
    return Math.toIntExact(form.image().get(1));
  }

  /** Columns of an image. */
  public int width() {
    return Math.toIntExact(form.image().get(2));
  }

  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. */
  public int channels() {
    return Math.toIntExact(form.image().get(3));
  }

  /** Coordinates of a point, of a model that makes points. */
  public int dimensions() {
    form.requirePoints();
    return Math.toIntExact(form.samples().get(1));
  }

  /** Numbers in the variables that inference reads. */
  public long parameters() {
    return variables.parameters();
  }

  /** Fingerprint of the variables that inference reads, 64 hexadecimal digits. */
  public String weightsSha256() {
    return model.whileOpen(() -> variables.sha256(model));
  }

  /**
   * The points of a seed; fewer are the first of more.
   *
   * @return (count, dimensions), row-major
   * @throws ModelException if the model makes images
   */
  public float[] points(long seed, int count) {
    form.requirePoints();
    checks.requireCount(count);
    return calls.drawn(seed, count);
  }

  /**
   * The images of a seed; fewer are the first of more. Many are generated in parts of about two
   * million values, so that the memory that is used does not grow with their number.
   *
   * @throws ModelException if {@code count} is below 1, or more than one Java array can hold
   */
  public Images sample(long seed, int count) {
    checks.requireImages(count);
    return form.images(calls.drawn(seed, count));
  }

  /**
   * Writes the images of a seed to a buffer that the caller can reuse. The values are copied once,
   * out of TensorFlow's memory, and little else is allocated.
   *
   * @param into receives (count, height, width, channels) from its position, which is advanced; a
   *     direct buffer, or one around an array
   * @throws ModelException if it has too little room
   */
  public void sample(long seed, int count, FloatBuffer into) {
    calls.draw(seed, count, Destination.of(into, checks.values(count)));
  }

  /** Writes the images of a seed to a buffer, image i of class {@code labels[i]}. */
  public void sample(long seed, int[] labels, FloatBuffer into) {
    checks.requireLabels(labels, labels.length);
    calls.draw(seed, labels, Destination.of(into, checks.values(labels.length)));
  }

  /** Writes the images of a seed in 8 bits, as files have them: −1 is 0, 0 is 128, 1 is 255. */
  public void sample(long seed, int count, ByteBuffer into) {
    calls.draw(seed, count, Destination.of(into, checks.values(count)));
  }

  /** Writes the images of a seed in 8 bits to a buffer, image i of class {@code labels[i]}. */
  public void sample(long seed, int[] labels, ByteBuffer into) {
    checks.requireLabels(labels, labels.length);
    calls.draw(seed, labels, Destination.of(into, checks.values(labels.length)));
  }

  /** Returns the images of a seed with latent vectors truncated at ψ; see {@link #latents}. */
  public Images sample(long seed, int count, float truncation) {
    if (truncation == UNTRUNCATED) {
      return sample(seed, count);
    }
    checks.requireImages(count);
    float[] z = latents(seed, count, truncation);
    return classes() == 0 ? generate(z) : generate(z, labels(seed, count));
  }

  /** Returns the random class of each image of a seed, (count), from 0, all equally likely. */
  public int[] labels(long seed, int count) {
    checks.requireCount(count);
    checks.requireConditional();
    return calls.labels(seed, count);
  }

  /**
   * Returns the images of a seed, image i of class {@code labels[i]}, generated from the latent
   * vectors that {@link #latents} returns.
   *
   * @param labels the classes, each from 0 and below {@link #classes()}
   * @throws ModelException if the generator is unconditional
   */
  public Images sample(long seed, int[] labels) {
    checks.requireLabels(labels, labels.length);
    return form.images(calls.collected(labels.length, reader -> calls.draw(seed, labels, reader)));
  }

  /** The same with latent vectors truncated at ψ; see {@link #latents}. */
  public Images sample(long seed, int[] labels, float truncation) {
    checks.requireLabels(labels, labels.length);
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
    checks.requireCount(count);
    checks.requireTruncation(truncation);
    return calls.latents(seed, count, truncation);
  }

  /**
   * Returns the images of latent vectors.
   *
   * @param z (count, latent), row-major, finite
   * @throws ModelException if {@code z} is not whole latent vectors of finite numbers
   */
  public Images generate(float[] z) {
    checks.requireUnconditional();
    checks.requireImages(checks.requireLatents(z));
    return form.images(calls.generated(z, new int[0]));
  }

  /**
   * Returns the images of latent vectors of a conditional generator.
   *
   * @param labels the class of each image, (count), from 0 and below {@link #classes()}
   */
  public Images generate(float[] z, int[] labels) {
    checks.requireLabels(labels, checks.requireLatents(z));
    return form.images(calls.generated(z, labels));
  }

  /**
   * Returns images that interpolate between the first image of one seed and the first image of
   * another, along the great arc between their latent vectors (White 2016, arXiv 1609.04468).
   *
   * @param frames at least 2; the first and the last are the seeds' own images
   */
  public Images interpolate(long from, long to, int frames) {
    checks.requireFrames(frames);
    checks.requireUnconditional();
    return generate(calls.path(from, to, frames));
  }

  /** Returns interpolated images of a conditional generator, all of one class. */
  public Images interpolate(long from, long to, int frames, int label) {
    checks.requireFrames(frames);
    checks.requireLabel(label);
    int[] labels = new int[frames];
    Arrays.fill(labels, label);
    return generate(calls.path(from, to, frames), labels);
  }

  /**
   * Makes the first calls, in which TensorFlow prepares the graph and its kernels, so that no user
   * waits for them. The first call of a model takes tens of times as long as later calls. The first
   * call with another number of images also takes somewhat longer.
   *
   * @param counts numbers of images in later requests; 1 where none is given
   * @return how long the calls took
   */
  public Duration warmUp(int... counts) {
    long start = System.nanoTime();
    for (int count : counts.length == 0 ? new int[] {1} : counts) {
      checks.requireCount(count);
      calls.warmUp(count);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Frees the model's memory, after the calls under way; later calls are refused. */
  @Override
  public void close() {
    model.close();
    calls.close();
  }

  RequestChecks checks() {
    return checks;
  }

  GeneratorCalls calls() {
    return calls;
  }
}
