package org.sparring.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sparring.metrics.ModeCoverageTest.assertRefused;

import org.junit.jupiter.api.Test;

class InceptionScoreTest {
  @Test
  void certainAnswersOnAllClassesScoreTheirNumber() {
    float[] answers = new float[100 * 4];
    for (int i = 0; i < 100; i++) {
      answers[4 * i + i % 4] = 1;
    }
    InceptionScore.Score score = score(answers, 4, 5, 33);
    assertEquals(4, score.value(), 1e-12);
    assertEquals(0, score.deviation(), 1e-12);
  }

  @Test
  void equalAnswersScoreOne() {
    float[] answers = new float[20 * 2];
    for (int i = 0; i < 20; i++) {
      answers[2 * i] = 0.25f;
      answers[2 * i + 1] = 0.75f;
    }
    assertEquals(1, score(answers, 2, 2, 20).value(), 1e-12);
  }

  /**
   * (1, 0) and (½, ½): q = (¾, ¼); the mean KL is ½ log 4⁄3 + ½(½ log ⅔ + ½ log 2) = .2158, exp
   * 1.2408. A second split of equal answers scores 1: mean 1.1204, deviation .1204.
   */
  @Test
  void splitsAreScoredApart() {
    float[] answers = {1, 0, 0.5f, 0.5f, 1, 0, 1, 0};
    InceptionScore.Score score = score(answers, 2, 2, 3);
    double first = Math.exp(0.5 * Math.log(4 / 3.0) + 0.25 * Math.log(4 / 3.0));
    assertEquals(1.2408, first, 1e-4);
    assertEquals((first + 1) / 2, score.value(), 1e-9);
    assertEquals((first - 1) / 2, score.deviation(), 1e-9);
  }

  @Test
  void whatIsNoDistributionAndOtherNumbersOfSamplesAreRefused() {
    assertRefused(() -> score(new float[] {1, 1}, 2, 1, 1), "must have the sum 1, found 2.0");
    assertRefused(() -> score(new float[] {2, -1}, 2, 1, 1), "at least 0, found -1");
    InceptionScore few = new InceptionScore(2, 3, 1);
    few.add(new Features(new float[] {1, 0}, 2));
    assertRefused(few::score, "expected 3 samples in all, found 1");
    assertRefused(() -> few.add(new Features(new float[] {1}, 1)), "of 2 classes, found 1");
    assertRefused(() -> new InceptionScore(2, 3, 4), "a sample a split, found 3 for 4");
  }

  private static InceptionScore.Score score(float[] answers, int classes, int splits, int batch) {
    Features all = new Features(answers, classes);
    InceptionScore score = new InceptionScore(classes, all.count(), splits);
    for (int from = 0; from < all.count(); from += batch) {
      score.add(all.range(from, Math.min(from + batch, all.count())));
    }
    return score.score();
  }
}
