package org.sparring.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.sparring.errors.Advice;
import org.sparring.errors.EvaluationException;
import org.sparring.errors.ModelException;
import org.sparring.inference.LoadedModel;
import org.sparring.natives.SessionOptions;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;

/**
 * A trained classifier of images into ten classes. Safe for concurrent use. Images are classified
 * in batches, so memory does not grow with their number.
 */
public final class Classifier implements AutoCloseable {
  /** Number of classes: digits, or kinds of clothes. */
  public static final int CLASSES = 10;

  private static final int BATCH = 250;
  private static final String DIGITS = "digit-classifier";
  private static final String CLOTHES = "fashion-classifier";

  private final LoadedModel model;
  private final Shape image;
  private final int pixels;

  private Classifier(LoadedModel model, Shape image) {
    this.model = model;
    this.image = image;
    this.pixels = Math.toIntExact(image.size());
  }

  /**
   * Returns the path of the shipped digit classifier: next to the launcher, else below the current
   * folder.
   */
  public static Path shipped() {
    return shipped(DIGITS);
  }

  /** Returns the path of the shipped clothes classifier. */
  public static Path shippedClothes() {
    return shipped(CLOTHES);
  }

  private static Path shipped(String model) {
    Path home = Path.of(System.getProperty("sparring.home", "."));
    return home.resolve("models").resolve(model).resolve("saved_model");
  }

  /** Loads a classifier on the device that TensorFlow chooses. */
  public static Classifier load(Path folder) {
    return load(folder, SessionOptions.DEFAULT);
  }

  /**
   * Loads a classifier.
   *
   * @param folder a SavedModel of {@link ClassifierTraining#export}
   * @throws ModelException if the folder has no such model
   */
  public static Classifier load(Path folder, SessionOptions options) {
    if (!Files.exists(folder.resolve("saved_model.pb"))) {
      throw new ModelException(
          "expected the SavedModel of a classifier in " + folder + ", found none",
          Advice.to(Advice.Action.TRAIN_CLASSIFIER));
    }
    return checked(LoadedModel.load(folder, options));
  }

  /** Returns the number of values of one image: 784. */
  public int pixels() {
    return pixels;
  }

  /**
   * Returns the likeliest class of each image.
   *
   * @param images (n, 28, 28, 1) in [−1, 1], row-major
   * @return (n), each from 0 to 9
   */
  public int[] classify(float[] images) {
    return classify(DataBuffers.of(images, true, false));
  }

  /** Returns the likeliest class of each image of a tensor, which the caller closes. */
  public int[] classify(TFloat32 images) {
    return classify(images.asRawTensor().data().asFloats());
  }

  /**
   * Returns the probability of each class.
   *
   * @param images (n, 28, 28, 1) in [−1, 1], row-major
   * @return (n, 10), row-major; each row sums to 1
   */
  public float[] probabilities(float[] images) {
    return answers(DataBuffers.of(images, true, false), ClassifierExport.PROBABILITIES);
  }

  /**
   * Returns the share of images whose likeliest class is their label.
   *
   * @param images (n, 28, 28, 1) in [−1, 1], row-major
   * @param labels label of each image, (n), from 0 to 9
   */
  public double accuracy(float[] images, int[] labels) {
    int[] found = classify(images);
    EvaluationException.require(
        found.length == labels.length,
        "expected a label for each of " + found.length + " images, found " + labels.length);
    int right = 0;
    for (int i = 0; i < found.length; i++) {
      right += found[i] == labels[i] ? 1 : 0;
    }
    return right / (double) found.length;
  }

  /** Waits for running calls, then frees the model's memory; later calls are refused. */
  @Override
  public void close() {
    model.close();
  }

  private int[] classify(FloatDataBuffer images) {
    float[] logits = answers(images, ClassifierExport.LOGITS);
    int[] classes = new int[logits.length / CLASSES];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = largest(logits, i * CLASSES);
    }
    return classes;
  }

  private static int largest(float[] logits, int from) {
    int best = 0;
    for (int c = 1; c < CLASSES; c++) {
      best = logits[from + c] > logits[from + best] ? c : best;
    }
    return best;
  }

  private float[] answers(FloatDataBuffer images, String output) {
    EvaluationException.require(
        images.size() > 0 && images.size() % pixels == 0,
        "expected whole images of " + pixels + " values, found " + images.size() + " values");
    int count = Math.toIntExact(images.size() / pixels);
    float[] answers = new float[count * CLASSES];
    for (int from = 0; from < count; from += BATCH) {
      answer(images, from, Math.min(BATCH, count - from), output, answers);
    }
    return answers;
  }

  private void answer(FloatDataBuffer images, int from, int count, String output, float[] into) {
    FloatDataBuffer part = images.slice((long) from * pixels, (long) count * pixels);
    try (TFloat32 batch = TFloat32.tensorOf(Shape.of(count).append(image), part)) {
      Map<String, Tensor> inputs = Map.of(ClassifierExport.IMAGES, batch);
      float[] answers = model.call(Signature.DEFAULT_KEY, output, inputs);
      System.arraycopy(answers, 0, into, from * CLASSES, count * CLASSES);
    }
  }

  private static Classifier checked(LoadedModel model) {
    boolean fits = model.has(Signature.DEFAULT_KEY) && isClassifier(signature(model));
    if (!fits) {
      model.close();
      throw new ModelException(
          "expected a classifier in " + model.folder() + ", found another SavedModel",
          Advice.to(Advice.Action.TRAIN_CLASSIFIER));
    }
    Shape images = signature(model).getInputs().get(ClassifierExport.IMAGES).shape;
    return new Classifier(model, images.tail());
  }

  private static Signature signature(LoadedModel model) {
    return model.signature(Signature.DEFAULT_KEY);
  }

  private static boolean isClassifier(Signature signature) {
    return signature.inputNames().contains(ClassifierExport.IMAGES)
        && signature.outputNames().contains(ClassifierExport.LOGITS)
        && signature.outputNames().contains(ClassifierExport.PROBABILITIES);
  }
}
