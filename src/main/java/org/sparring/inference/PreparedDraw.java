package org.sparring.inference;

import java.nio.FloatBuffer;
import java.util.function.Consumer;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * A repeated call from a seed to images: names are looked up once, and the fed tensors are
 * overwritten. For one thread at a time.
 */
final class PreparedDraw implements AutoCloseable {
  private final TInt64 seed = TInt64.vectorOf(0, 0);
  private final TInt32 asked;
  private final Session.Runner call;
  private final LoadedModel model;

  private PreparedDraw(LoadedModel model, String signature, String input, TInt32 asked) {
    this.model = model;
    this.asked = asked;
    Signature s = model.signature(signature);
    call =
        model
            .session()
            .runner()
            .feed(s.getInputs().get(Signatures.SEED).name, seed)
            .feed(s.getInputs().get(input).name, asked)
            .fetch(s.getOutputs().get(Signatures.IMAGES).name);
  }

  /** Prepares a call with a variable number of samples, whose classes are drawn from the seed. */
  static PreparedDraw counted(LoadedModel model) {
    return new PreparedDraw(model, Signatures.SAMPLE, Signatures.COUNT, TInt32.scalarOf(0));
  }

  /**
   * Prepares a call with given class labels.
   *
   * @param count images of each call
   */
  static PreparedDraw labelled(LoadedModel model, int count) {
    TInt32 labels = TInt32.vectorOf(new int[count]);
    return new PreparedDraw(model, Signatures.LABELLED, Signatures.LABELS, labels);
  }

  /** Returns the number of labels per call; 1 if the call has no labels. */
  int room() {
    return Math.toIntExact(asked.size());
  }

  /**
   * Generates samples.
   *
   * @param asked the number of samples, or the class of each
   * @param reader gets the values in TensorFlow's own memory, which is freed afterwards
   */
  void run(long seed, int[] asked, Consumer<FloatBuffer> reader) {
    this.seed.setLong(seed, 0);
    this.asked.asRawTensor().data().asInts().write(asked);
    try (Result result = model.run(call)) {
      reader.accept(NativeValues.of(result.get(0)));
    }
  }

  @Override
  public void close() {
    seed.close();
    asked.close();
  }
}
