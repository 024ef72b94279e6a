package org.sparring.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ConfidenceTest {
  /** Answers 0, 0, 1, 2: entropy ½ log 2 + 2·¼ log 4 = 1.0397; three of four are sure. */
  @Test
  void countsConfidentPredictionsAndTheirEntropy() {
    float[] answers = {
      0.95f, 0.05f, 0, 0.91f, 0, 0.09f, 0.2f, 0.6f, 0.2f, 0, 0.01f, 0.99f,
    };
    Confidence confidence = Confidence.of(new Features(answers, 3));
    assertEquals(0.75, confidence.share());
    assertEquals(1.0397, confidence.entropy(), 1e-4);
    assertEquals(Math.sqrt(0.75 * 0.25 / 4), confidence.shareError(), 1e-12);
    // Σ q log² q = ½ log² 2 + ½ log² 4 = 1.2011; less 1.0810, over 4, its root .1733
    assertEquals(0.1733, confidence.entropyError(), 1e-4);
  }

  @Test
  void oneClassHasNoEntropyAndEqualOnesHaveLogK() {
    Confidence one = Confidence.of(new Features(new float[] {1, 0, 1, 0}, 2));
    assertEquals(0, one.entropy());
    assertEquals(0, one.entropyError());
    Confidence even = Confidence.of(new Features(new float[] {1, 0, 0, 1}, 2));
    assertEquals(Math.log(2), even.entropy(), 1e-12);
  }
}
