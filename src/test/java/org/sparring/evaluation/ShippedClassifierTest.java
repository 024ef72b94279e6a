package org.sparring.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.data.ImageSource;
import org.sparring.data.Split;
import org.sparring.datasets.ImageSources;

/** The classifiers in models/ are what their cards say. */
class ShippedClassifierTest {
  @ParameterizedTest
  @MethodSource("shipped")
  void areUnderTwoMegabytes(Path model) throws IOException {
    try (Stream<Path> files = Files.walk(model)) {
      long bytes = files.filter(Files::isRegularFile).mapToLong(ShippedClassifierTest::size).sum();
      assertTrue(bytes < 2_000_000, bytes + " bytes");
    }
  }

  private static List<Path> shipped() {
    return List.of(Classifier.shipped(), Classifier.shippedClothes());
  }

  /** Published scores name them by these hashes: models/dcgan-mnist/scores.json and its kin. */
  @Test
  void haveTheHashesThatPublishedScoresName() {
    assertEquals(
        "eb6dde7470a5f093346ba95904c92c8d977b63b8bcf804427d66dc0f488d1595",
        FileHash.of(Classifier.shipped()));
    assertEquals(
        "e94343bc4f307dd43b704a20e950edb20197e378e78559324ed548fae9abe012",
        FileHash.of(Classifier.shippedClothes()));
  }

  @Test
  void getTheTestDigitsRight() {
    assertEquals(0.9957, accuracy(Classifier.shipped(), "mnist"), 2e-4);
  }

  @Test
  void getTheTestClothesRight() {
    assertEquals(0.9333, accuracy(Classifier.shippedClothes(), "fashion-mnist"), 5e-4);
  }

  private static double accuracy(Path model, String kind) {
    String root = System.getenv("SPARRING_DATA");
    assumeTrue(root != null, "SPARRING_DATA is not set: no real data to read");
    ImageSource test = ImageSources.open(kind + ":" + root + "/" + kind, 0, 0, 0, Split.TEST);
    try (Classifier classifier = Classifier.load(model)) {
      return classifier.accuracy(ClassifierTest.floats(test), ClassifierTest.labels(test));
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
