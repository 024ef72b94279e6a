package org.sparring.benchmarks.jmh;

import java.nio.file.Path;
import org.sparring.inference.GeneratorModel;
import org.sparring.natives.SessionOptions;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * A model of this checkout, called through Sparring and through bare TensorFlow Java, in sessions
 * with the same options.
 */
final class ServedModel implements AutoCloseable {
  final GeneratorModel model;
  private final SavedModelBundle bundle;
  private final String seedName;
  private final String countName;
  private final String imagesName;
  private TInt64 seed;
  private TInt32 count;

  /**
   * @param name of a folder in models that has weights
   */
  ServedModel(String name) {
    Path folder = folder(name);
    model = GeneratorModel.load(folder);
    bundle = bare(folder);
    Signature sample =
        bundle.signatures().stream()
            .filter(s -> s.key().equals("sample"))
            .findFirst()
            .orElseThrow();
    seedName = sample.getInputs().get("seed").name;
    countName = sample.getInputs().get("n").name;
    imagesName = sample.getOutputs().get("images").name;
    prepare(1, 1);
  }

  static Path folder(String name) {
    return Path.of(System.getProperty("sparring.home", ""), "models", name);
  }

  static SavedModelBundle bare(Path folder) {
    return SavedModelBundle.loader(folder.resolve("saved_model").toString())
        .withTags(SavedModelBundle.DEFAULT_TAG)
        .withConfigProto(SessionOptions.DEFAULT.config())
        .load();
  }

  /** Creates the input tensors of bare calls. */
  void prepare(long newSeed, int newCount) {
    closeTensors();
    seed = TInt64.vectorOf(newSeed, 0);
    count = TInt32.scalarOf(newCount);
  }

  /**
   * Makes the call as a program would without Sparring; the images are not copied out of
   * TensorFlow's memory.
   */
  Result bareCall() {
    Session.Runner runner = bundle.session().runner();
    return runner.feed(seedName, seed).feed(countName, count).fetch(imagesName).run();
  }

  int each() {
    return model.height() * model.width() * model.channels();
  }

  /** Throws if the engine's images differ from the bare call's. */
  void requireEqual(float[] own) {
    float[] bare = new float[own.length];
    try (Result result = bareCall()) {
      result.get(0).asRawTensor().data().asFloats().read(bare);
    }
    for (int i = 0; i < own.length; i++) {
      if (!(Math.abs(bare[i] - own[i]) <= 1e-5f)) {
        throw new IllegalStateException("value " + i + ": " + own[i] + ", bare " + bare[i]);
      }
    }
  }

  private void closeTensors() {
    if (seed != null) {
      seed.close();
      count.close();
    }
  }

  @Override
  public void close() {
    closeTensors();
    model.close();
    bundle.close();
  }
}
