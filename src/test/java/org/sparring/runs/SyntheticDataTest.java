package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.data.ClassLabels;
import org.sparring.data.FieldValues;
import org.sparring.data.ImageSource;
import org.sparring.data.Split;
import org.sparring.datasets.FewerImages;
import org.sparring.datasets.ImageSources;
import org.sparring.datasets.JoinedImages;
import org.sparring.evaluation.Classifier;
import org.sparring.evaluation.ClassifierTraining;
import org.sparring.inference.GeneratorModel;
import org.sparring.natives.SessionOptions;
import org.sparring.synthesis.Synthesis;

/**
 * What synthetic images are worth: a classifier that has seen a hundred real digits, and one that
 * has seen two thousand synthetic ones besides, trained for as many steps. The generator has seen
 * all 60,000 digits and their labels, so this says what its images carry, and not that labels can
 * be had for nothing.
 */
@Tag("long")
@EnabledIfEnvironmentVariable(
    named = "SPARRING_DATA",
    matches = ".+",
    disabledReason = "SPARRING_DATA names no folder with mnist/")
class SyntheticDataTest {
  private static final Path MODEL = Path.of("models", "conditional-mnist");
  private static final int REAL = 100;
  private static final int SYNTHETIC = 2000;
  private static final int EPOCHS = 12;

  @TempDir private Path folder;

  @Test
  void aFewRealDigitsWithSyntheticOnesTeachMoreThanAFewRealOnes() {
    assumeTrue(Files.isDirectory(MODEL.resolve("saved_model")), "no weights in " + MODEL);
    String mnist = "mnist:" + System.getenv("SPARRING_DATA") + "/mnist";
    ImageSource real = new FewerImages(source(mnist, Split.TRAIN), REAL);
    ImageSource test = source(mnist, Split.TEST);
    Path made = folder.resolve("synthetic");
    try (GeneratorModel generator = GeneratorModel.load(MODEL, SessionOptions.CPU)) {
      new Synthesis(SYNTHETIC, List.of(), 1, GeneratorModel.UNTRUNCATED)
          .write(generator, "conditional-mnist", made, written -> {});
    }
    ImageSource both = new JoinedImages(List.of(real, source("folder:" + made, Split.TRAIN)));
    // as many steps of a hundred images
    double alone = accuracy(real, EPOCHS * (REAL + SYNTHETIC) / REAL, test);
    double together = accuracy(both, EPOCHS, test);
    String line =
        String.format(
            Locale.ROOT,
            "%d real digits: %.2f %%; with %d synthetic ones: %.2f %% of %d test digits right",
            REAL,
            100 * alone,
            SYNTHETIC,
            100 * together,
            test.size());
    System.out.println(line);
    assertTrue(together > alone, line);
  }

  private double accuracy(ImageSource images, int epochs, ImageSource test) {
    Path saved = folder.resolve("classifier-" + images.size());
    SessionOptions one = new SessionOptions(1, 1, "cpu", true);
    try (ClassifierTraining training = new ClassifierTraining(images, epochs, 1, one)) {
      training.train(epoch -> {});
      training.export(saved);
    }
    int[] labels = ClassLabels.of(test).orElseThrow().values();
    try (Classifier classifier = Classifier.load(saved, one)) {
      return classifier.accuracy(FieldValues.ofSamples(test).spread(test.size()), labels);
    }
  }

  private static ImageSource source(String name, Split split) {
    return ImageSources.open(name, 28, 1, 1, split);
  }
}
