package org.sparring.evaluation;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.sparring.data.ImageSource;
import org.sparring.errors.DataException;
import org.sparring.errors.EvaluationException;
import org.sparring.graph.Seeds;
import org.sparring.natives.NativeLibraries;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.ConvClassifier;
import org.sparring.optimizers.Adam;
import org.sparring.optimizers.LearningRate;
import org.sparring.pictures.ImageGeometry;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * Trains a classifier of ten classes: Adam with a cosine schedule on augmented images. The result
 * is a function of the images, the epochs and the seed; on the CPU it is bit-identical for a fixed
 * number of threads.
 */
public final class ClassifierTraining implements AutoCloseable {
  public static final int DEFAULT_EPOCHS = 20;

  private static final int BATCH = 100;
  private static final float LEARNING_RATE = 2e-3f;
  private static final float BETA_1 = 0.9f;

  private final ClassifierGraph graph;
  private final Session session;
  private final int epochs;
  private final long stepsPerEpoch;

  /**
   * The results of one epoch.
   *
   * @param number number of the epoch, from 1
   * @param loss mean cross-entropy over the augmented images, in nats
   * @param accuracy accuracy on the augmented images, in [0, 1]
   * @param seconds duration in seconds
   */
  public record Epoch(int number, double loss, double accuracy, double seconds) {}

  /** Augmentations that do not change the class of an image. */
  public enum Augmentation {
    /** Small rotations, shears, scalings and shifts; no mirroring. */
    DIGITS(AffineAugmentation.DIGITS),
    /** Mirroring, scaling and shifts; no rotation. */
    CLOTHES(AffineAugmentation.CLOTHES);

    private final AffineAugmentation maps;

    Augmentation(AffineAugmentation maps) {
      this.maps = maps;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Prepares training on digits. */
  public ClassifierTraining(ImageSource digits, int epochs, long seed, SessionOptions options) {
    this(digits, Augmentation.DIGITS, epochs, seed, options);
  }

  /**
   * @param source images of 28×28×1 with labels 0 to 9
   * @param epochs number of epochs, at least 1
   * @param seed seed of the initial weights, the order and the augmentation
   * @throws DataException if the images have another size or other labels
   */
  public ClassifierTraining(
      ImageSource source,
      Augmentation augmentation,
      int epochs,
      long seed,
      SessionOptions options) {
    EvaluationException.require(epochs >= 1, "epochs must be at least 1, found " + epochs);
    requireClasses(source);
    this.epochs = epochs;
    stepsPerEpoch = (source.size() + BATCH - 1L) / BATCH;
    NativeLibraries.load(options);
    LearningRate rate = LearningRate.cosine(LEARNING_RATE, epochs * stepsPerEpoch);
    Adam adam = new Adam(rate, BETA_1, Adam.DEFAULT_BETA2, Adam.DEFAULT_EPSILON);
    graph = ClassifierGraph.build(source, augmentation.maps, adam, BATCH, new Seeds(seed));
    session = new Session(graph.graph(), options.config());
    session.run(graph.initialization());
    graph.samples().load(session);
  }

  /** Trains all epochs; {@code listener} receives the results of each epoch. */
  public void train(Consumer<Epoch> listener) {
    for (int epoch = 1; epoch <= epochs; epoch++) {
      listener.accept(epoch(epoch));
    }
  }

  /**
   * Writes the trained network as a SavedModel for {@link Classifier}.
   *
   * @param folder folder of the SavedModel, which must not exist
   */
  public void export(Path folder) {
    ClassifierExport.write(session, folder);
  }

  @Override
  public void close() {
    session.close();
    graph.graph().close();
  }

  private Epoch epoch(int number) {
    long start = System.nanoTime();
    double[] sums = new double[2];
    float[] meters = new float[2];
    for (long step = 0; step < stepsPerEpoch; step++) {
      step(meters);
      EvaluationException.require(
          Float.isFinite(meters[0]),
          "the classifier's loss is " + meters[0] + " in epoch " + number + "\nTry another seed.");
      sums[0] += meters[0];
      sums[1] += meters[1];
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Epoch(number, sums[0] / stepsPerEpoch, sums[1] / stepsPerEpoch, seconds);
  }

  private void step(float[] meters) {
    try (Result result = session.runner().addTarget(graph.step()).fetch(graph.meters()).run()) {
      ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(meters);
    }
  }

  private static void requireClasses(ImageSource source) {
    ImageGeometry expected = new ImageGeometry(ConvClassifier.SIDE, ConvClassifier.SIDE, 1);
    if (!source.geometry().equals(expected)) {
      throw DataException.in(
          source.name(),
          "images of " + expected,
          source.geometry() + "",
          "Use mnist:DIR or fashion-mnist:DIR.");
    }
    for (int i = 0; i < source.size(); i++) {
      int label = source.label(i);
      if (label < 0 || label >= Classifier.CLASSES) {
        String found = label < 0 ? "images without labels" : "label " + label;
        throw DataException.in(
            source.name(), "labels 0 to 9", found, "Use mnist:DIR or fashion-mnist:DIR.");
      }
    }
  }
}
