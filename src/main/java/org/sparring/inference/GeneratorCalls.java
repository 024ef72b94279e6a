package org.sparring.inference;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.sparring.errors.ErrorKind;
import org.sparring.errors.ModelException;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The calls of a loaded generator. Their arguments were checked before. Readers get values in
 * TensorFlow's own memory, which is freed when they return.
 */
final class GeneratorCalls implements AutoCloseable {
  /** Values of one part: 2048 grey images of 32×32, or 170 colour images of 64×64. */
  private static final int VALUES_OF_A_PART = 1 << 21;

  private final LoadedModel model;
  private final GeneratorSignatures form;
  private final PreparedDraws draws;

  GeneratorCalls(LoadedModel model, GeneratorSignatures form) {
    this.model = model;
    this.form = form;
    draws = new PreparedDraws(model);
  }

  /**
   * Generates the samples of a seed with classes drawn from the seed; the reader is called for each
   * part of them.
   */
  void draw(long seed, int count, Consumer<FloatBuffer> reader) {
    if (count <= part()) {
      draws.counted(seed, count, reader);
    } else {
      int[] labels = form.classes() == 0 ? new int[0] : labels(seed, count);
      generate(latents(seed, count, GeneratorModel.UNTRUNCATED), labels, reader);
    }
  }

  /** Generates the samples of a seed, sample i of class {@code labels[i]}. */
  void draw(long seed, int[] labels, Consumer<FloatBuffer> reader) {
    if (labels.length <= part()) {
      draws.labelled(seed, labels, reader);
    } else {
      generate(latents(seed, labels.length, GeneratorModel.UNTRUNCATED), labels, reader);
    }
  }

  /**
   * Largest number of samples of one session call. TensorFlow holds the network's activations for
   * all of them, about a hundred times the size of the images, and oneDNN ends the process if
   * memory runs out.
   */
  private int part() {
    return Math.max(1, VALUES_OF_A_PART / form.each());
  }

  /** Returns the classes that a seed draws, (count). */
  int[] labels(long seed, int count) {
    try (TInt64 seeds = TInt64.vectorOf(seed, 0);
        TInt32 n = TInt32.scalarOf(count)) {
      Map<String, Tensor> inputs = Map.of(Signatures.SEED, seeds, Signatures.COUNT, n);
      return model.ints(Signatures.SAMPLE, Signatures.LABELS, inputs);
    }
  }

  /** Latent vectors of a seed, (count, latent), row-major. */
  float[] latents(long seed, int count, float truncation) {
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
   * Samples of latent vectors.
   *
   * @param z whole latent vectors, row-major
   * @param labels the class of each; empty for an unconditional generator
   */
  void generate(float[] z, int[] labels, Consumer<FloatBuffer> reader) {
    int count = form.vectors(z);
    int latent = form.latent();
    for (int from = 0; from < count; from += part()) {
      int to = Math.min(count, from + part());
      float[] some = Arrays.copyOfRange(z, from * latent, to * latent);
      int[] theirs = labels.length == 0 ? labels : Arrays.copyOfRange(labels, from, to);
      generateAtOnce(some, theirs, reader);
    }
  }

  /** Generates all samples in one run and calls {@code reader} once. */
  void generateAtOnce(float[] z, int[] labels, Consumer<FloatBuffer> reader) {
    Shape shape = Shape.of(form.vectors(z), form.latent());
    try (TFloat32 latents = TFloat32.tensorOf(shape, DataBuffers.of(z, true, false));
        TInt32 asked = TInt32.vectorOf(labels)) {
      Map<String, Tensor> inputs = new HashMap<>(Map.of(Signatures.Z, latents));
      if (form.classes() > 0) {
        inputs.put(Signatures.LABELS, asked);
      }
      model.call(
          Signatures.SERVING,
          Signatures.IMAGES,
          inputs,
          tensor -> {
            reader.accept(NativeValues.of(tensor));
            return null;
          });
    }
  }

  /** Values of a seed's samples, in a new array. */
  float[] drawn(long seed, int count) {
    return collected(count, reader -> draw(seed, count, reader));
  }

  /** Values of the samples of latent vectors, in a new array. */
  float[] generated(float[] z, int[] labels) {
    return collected(form.vectors(z), reader -> generate(z, labels, reader));
  }

  /** Returns latent vectors on the great arc between two seeds, (frames, latent), row-major. */
  float[] path(long from, long to, int frames) {
    float[] first = latents(from, 1, GeneratorModel.UNTRUNCATED);
    return GreatArc.path(first, latents(to, 1, GeneratorModel.UNTRUNCATED), frames);
  }

  /** Makes each call once, with {@code count} samples. */
  void warmUp(int count) {
    float[] z = latents(0, count, GeneratorModel.UNTRUNCATED);
    drawn(0, count);
    if (form.classes() == 0) {
      generated(z, new int[0]);
    } else {
      int[] labels = labels(0, count);
      generated(z, labels);
      draw(0, labels, values -> {});
    }
  }

  /** Returns the values of {@code count} samples in a new array. */
  float[] collected(int count, Consumer<Consumer<FloatBuffer>> call) {
    FloatBuffer values = room(count);
    call.accept(values::put);
    return values.array();
  }

  /** Allocates an array, or explains that the heap is too small for it. */
  private FloatBuffer room(int count) {
    try {
      return FloatBuffer.allocate(count * form.each());
    } catch (OutOfMemoryError e) {
      Runtime java = Runtime.getRuntime();
      long free = java.maxMemory() - java.totalMemory() + java.freeMemory();
      throw new ModelException(
          ErrorKind.TOO_MANY,
          "expected samples that Java's heap has room for, about "
              + free / ((long) form.each() * Float.BYTES)
              + ", found "
              + count
              + "\nAsk for fewer at a time, or give Java more memory (-Xmx).",
          e);
    }
  }

  /** Called after the model is closed, when no call is in progress. */
  @Override
  public void close() {
    draws.close();
  }
}
