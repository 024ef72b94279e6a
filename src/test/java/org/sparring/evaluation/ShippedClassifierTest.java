package org.sparring.evaluation;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sparring.data.ImageSource;
import org.sparring.data.ImageSources;
import org.sparring.data.Split;

/** The classifier in models/ is what its card says. */
class ShippedClassifierTest {
  @Test
  void isUnderTwoMegabytes() throws IOException {
    try (Stream<Path> files = Files.walk(Classifier.shipped())) {
      long bytes = files.filter(Files::isRegularFile).mapToLong(ShippedClassifierTest::size).sum();
      assertTrue(bytes < 2_000_000, bytes + " bytes");
    }
  }

  @Test
  void getsTheTestDigitsRight() {
    String root = System.getenv("SPARRING_DATA");
    assumeTrue(root != null, "SPARRING_DATA is not set: no real data to read");
    ImageSource test = ImageSources.open("mnist:" + root + "/mnist", 0, 0, 0, Split.TEST);
    try (Classifier classifier = Classifier.load(Classifier.shipped())) {
      double accuracy =
          classifier.accuracy(ClassifierTest.floats(test), ClassifierTest.labels(test));
      assertTrue(accuracy >= 0.994, "accuracy " + accuracy);
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
