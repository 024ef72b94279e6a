package org.sparring.inference;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The calls that a loaded generator answers, with arguments that were checked. Readers get values
 * in TensorFlow's own memory, which is freed behind them.
 */
final class GeneratorCalls implements AutoCloseable {
  private final LoadedModel model;
  private final GeneratorSignatures form;
  private final PreparedDraws draws;

  GeneratorCalls(LoadedModel model, GeneratorSignatures form) {
    this.model = model;
    this.form = form;
    draws = new PreparedDraws(model);
  }

  /** Samples of a seed, of the classes that it draws. */
  void draw(long seed, int count, Consumer<FloatBuffer> reader) {
    draws.counted(seed, count, reader);
  }

  /** Samples of a seed, of the classes that are asked for. */
  void draw(long seed, int[] labels, Consumer<FloatBuffer> reader) {
    draws.labelled(seed, labels, reader);
  }

  /** The classes that a seed draws, (count). */
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
   * @param z whole ones, row-major
   * @param labels the class of each, or none of an unconditional generator
   */
  void generate(float[] z, int[] labels, Consumer<FloatBuffer> reader) {
    Shape shape = Shape.of(form.requireLatents(z), form.latent());
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

  /** Values in an array of their own. */
  static float[] collected(Consumer<Consumer<FloatBuffer>> call) {
    float[][] values = new float[1][];
    call.accept(
        found -> {
          values[0] = new float[found.remaining()];
          found.get(values[0]);
        });
    return values[0];
  }

  /** Behind the model's own end: no call is under way then. */
  @Override
  public void close() {
    draws.close();
  }
}
