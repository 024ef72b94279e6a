package org.sparring.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.data.GlyphSource;
import org.sparring.data.ImageSource;
import org.sparring.errors.DataException;
import org.sparring.errors.EvaluationException;
import org.sparring.errors.ModelException;
import org.sparring.evaluation.ClassifierTraining.Epoch;
import org.sparring.natives.SessionOptions;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** A classifier trained on digits that the program draws. */
class ClassifierTest {
  private static final SessionOptions ONE_THREAD = new SessionOptions(1, 1, "cpu", true);
  private static final ImageSource TRAIN = new GlyphSource(1500, 28, 1, 3);
  private static final ImageSource TEST = new GlyphSource(301, 28, 1, 4);

  @TempDir private static Path folder;
  private static final List<Epoch> EPOCHS = new ArrayList<>();
  private static Classifier classifier;

  @BeforeAll
  static void train() {
    try (ClassifierTraining training = new ClassifierTraining(TRAIN, 2, 5, ONE_THREAD)) {
      training.train(EPOCHS::add);
      training.export(folder.resolve("model"));
    }
    classifier = Classifier.load(folder.resolve("model"));
  }

  @AfterAll
  static void close() {
    classifier.close();
  }

  @Test
  void learnsDigitsItHasNotSeen() {
    double accuracy = classifier.accuracy(floats(TEST), labels(TEST));
    assertTrue(accuracy > 0.97, "accuracy " + accuracy);
  }

  @Test
  void reportsEachEpochAndGetsBetter() {
    assertEquals(List.of(1, 2), EPOCHS.stream().map(Epoch::number).toList());
    assertTrue(EPOCHS.get(1).loss() < EPOCHS.get(0).loss());
    assertTrue(EPOCHS.get(1).accuracy() > EPOCHS.get(0).accuracy());
  }

  @Test
  void theSameSeedGivesTheSameBitsAndAnotherOthers() throws Exception {
    assertArrayEquals(weights(5, "again"), weightsOf(folder.resolve("model5")));
    assertFalse(Arrays.equals(weights(6, "other"), weightsOf(folder.resolve("again"))));
  }

  @Test
  void probabilitiesSumToOneAndAgreeWithTheAnswer() {
    float[] images = floats(TEST);
    float[] all = classifier.probabilities(images);
    int[] answers = classifier.classify(images);
    assertEquals(TEST.size() * 10, all.length);
    for (int i = 0; i < answers.length; i++) {
      float[] one = Arrays.copyOfRange(all, 10 * i, 10 * i + 10);
      double sum = IntStream.range(0, 10).mapToDouble(c -> one[c]).sum();
      assertEquals(1, sum, 1e-5, "image " + i);
      for (float p : one) {
        assertTrue(p <= one[answers[i]], "image " + i);
      }
    }
  }

  @Test
  void anImageIsAnsweredTheSameAloneInABatchAndInATensor() {
    float[] images = floats(TEST);
    int[] answers = classifier.classify(images);
    int last = TEST.size() - 1;
    float[] one = Arrays.copyOfRange(images, last * 784, (last + 1) * 784);
    assertArrayEquals(new int[] {answers[last]}, classifier.classify(one));
    Shape shape = Shape.of(TEST.size(), 28, 28, 1);
    try (TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(images, true, false))) {
      assertArrayEquals(answers, classifier.classify(tensor));
    }
  }

  @Test
  void manyThreadsMayAskAtOnce() {
    float[] images = floats(TEST);
    int[] answers = classifier.classify(images);
    IntStream.range(0, 8)
        .parallel()
        .forEach(i -> assertArrayEquals(answers, classifier.classify(images)));
  }

  @Test
  void aStackIsTheNumberThatItsChannelsSpell() {
    float[] grey = floats(TEST);
    int[] digits = classifier.classify(grey);
    int stacks = 260; // more than are laid out at a time
    float[] images = new float[stacks * 784 * 3];
    int[] expected = new int[stacks];
    for (int i = 0; i < stacks; i++) {
      for (int c = 0; c < 3; c++) {
        int digit = (i + 7 * c) % TEST.size();
        expected[i] = 10 * expected[i] + digits[digit];
        for (int p = 0; p < 784; p++) {
          images[(i * 784 + p) * 3 + c] = grey[digit * 784 + p];
        }
      }
    }
    assertArrayEquals(expected, new StackedClassifier(classifier).modes(images));
  }

  @Test
  void refusesPartsOfImagesAndLabelsThatAreTooFew() {
    String message =
        assertThrows(EvaluationException.class, () -> classifier.classify(new float[785]))
            .getMessage();
    assertEquals("expected whole images of 784 values, found 785 values", message);
    assertThrows(EvaluationException.class, () -> classifier.classify(new float[0]));
    assertThrows(EvaluationException.class, () -> classifier.accuracy(new float[784], new int[2]));
    assertThrows(
        EvaluationException.class, () -> new StackedClassifier(classifier).modes(new float[784]));
  }

  @Test
  void aClosedClassifierRefuses() {
    Classifier other = Classifier.load(folder.resolve("model"));
    other.close();
    other.close();
    assertThrows(ModelException.class, () -> other.classify(new float[784]));
  }

  @Test
  void whatIsNoClassifierIsRefused() throws Exception {
    String message =
        assertThrows(ModelException.class, () -> Classifier.load(folder.resolve("no")))
            .getMessage();
    assertTrue(message.contains("found none"), message);
    Path broken = Files.createDirectories(folder.resolve("broken"));
    Files.writeString(broken.resolve("saved_model.pb"), "not a graph");
    assertThrows(ModelException.class, () -> Classifier.load(broken));
  }

  @Test
  void otherImagesAndNoEpochsAreRefused() {
    ImageSource large = new GlyphSource(10, 32, 1, 3);
    ImageSource coloured = new GlyphSource(10, 28, 3, 3);
    for (ImageSource source : List.of(large, coloured)) {
      assertThrows(
          DataException.class, () -> new ClassifierTraining(source, 1, 1, ONE_THREAD).close());
    }
    assertThrows(
        EvaluationException.class, () -> new ClassifierTraining(TRAIN, 0, 1, ONE_THREAD).close());
  }

  /** The bytes of the weights after one short epoch with a seed, twice for a seed of 5. */
  private static byte[] weights(long seed, String name) throws Exception {
    if (seed == 5) {
      write(seed, folder.resolve("model5"));
    }
    write(seed, folder.resolve(name));
    return weightsOf(folder.resolve(name));
  }

  private static void write(long seed, Path to) {
    ImageSource few = new GlyphSource(150, 28, 1, 3); // the last batch is a partial epoch
    try (ClassifierTraining training = new ClassifierTraining(few, 1, seed, ONE_THREAD)) {
      training.train(epoch -> {});
      training.export(to);
    }
  }

  private static byte[] weightsOf(Path model) throws Exception {
    return Files.readAllBytes(model.resolve("variables/variables.data-00000-of-00001"));
  }

  static float[] floats(ImageSource source) {
    byte[] pixels = source.pixels();
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (pixels[i] & 0xff) * (2f / 255f) - 1;
    }
    return values;
  }

  static int[] labels(ImageSource source) {
    return IntStream.range(0, source.size()).map(source::label).toArray();
  }
}
