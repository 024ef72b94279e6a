package org.sparring.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sparring.archives.Archive;
import org.sparring.metrics.Pixels;
import org.sparring.metrics.SignalToNoise;
import org.sparring.metrics.StructuralSimilarity;

/**
 * The bicubic row of the super-resolution tables: ×4 down and up again, Y, a border of 4 cropped.
 * Published for Set5: 28.42 dB and .810 to .822. MATLAB's algorithm in numpy with scikit-image
 * gives 28.4314 dB and .81127 on Set5, and 26.0918 dB and .70496 on Set14.
 */
class Set5Test {
  private static final String ROOT = System.getenv("SPARRING_DATA");
  private static final int SCALE = 4;

  private record Score(double decibels, double similarity) {}

  @BeforeAll
  static void dataIsThere() {
    assumeTrue(ROOT != null, "SPARRING_DATA is not set: no photographs to measure with");
  }

  @Test
  void set5HasThePublishedScores() {
    List<Score> scores = scores("CSet5/");
    assertEquals(5, scores.size());
    assertEquals(28.4314, mean(scores, true), 0.002);
    assertEquals(.81127, mean(scores, false), 1e-4);
  }

  @Test
  void set14HasTheScoresOfTheReference() {
    List<Score> scores = scores("CSet14/");
    assertEquals(14, scores.size());
    assertEquals(26.0918, mean(scores, true), 0.002);
    assertEquals(.70496, mean(scores, false), 1e-4);
  }

  private static double mean(List<Score> scores, boolean decibels) {
    return scores.stream()
        .mapToDouble(score -> decibels ? score.decibels() : score.similarity())
        .average()
        .orElseThrow();
  }

  private static List<Score> scores(String set) {
    List<Score> scores = new ArrayList<>();
    Path archive = Path.of(ROOT, "super-resolution", "set5-set14.tar");
    new Archive(archive, "Fetch it again.")
        .walk(
            (name, content) -> {
              if (name.startsWith(set) && ImageDecoder.isImageName(name)) {
                scores.add(score(ImageDecoder.decode(name, ImageBytes.read(content))));
              }
            });
    return scores;
  }

  private static Score score(Picture whole) {
    Picture truth = cropped(new Fit(0, 3).apply(whole));
    int height = truth.geometry().height();
    int width = truth.geometry().width();
    Picture small = Bicubic.resize(truth, height / SCALE, width / SCALE);
    Pixels found = brightness(Bicubic.resize(small, height, width));
    assertTrue(small.geometry().height() * SCALE == height);
    return new Score(
        SignalToNoise.decibels(found, brightness(truth)),
        StructuralSimilarity.of(found, brightness(truth)));
  }

  private static Pixels brightness(Picture picture) {
    ImageGeometry g = picture.geometry();
    return Pixels.of(g.height(), g.width(), g.channels(), picture.pixels()).luma().cropped(SCALE);
  }

  private static Picture cropped(Picture picture) {
    ImageGeometry from = picture.geometry();
    int height = from.height() / SCALE * SCALE;
    int width = from.width() / SCALE * SCALE;
    ImageGeometry to = new ImageGeometry(height, width, from.channels());
    byte[] pixels = new byte[to.bytes()];
    int row = width * from.channels();
    for (int y = 0; y < height; y++) {
      System.arraycopy(picture.pixels(), y * from.width() * from.channels(), pixels, y * row, row);
    }
    return new Picture(to, pixels);
  }
}
