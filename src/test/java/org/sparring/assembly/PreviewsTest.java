package org.sparring.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PreviewsTest {
  @Test
  void samplesWithoutClassesAreNearlySquare() {
    assertEquals(new Previews(64, 8), Previews.of(64, 0, 400));
    assertEquals(new Previews(5, 3), Previews.of(5, 0, 0));
  }

  @Test
  void classesHaveARowEach() {
    assertEquals(new Previews(60, 6), Previews.of(64, 10, 400));
    assertEquals(new Previews(10, 1), Previews.of(10, 10, 400));
  }

  /** A thousand stacked digits would make a picture of 65,738 rows of pixels. */
  @Test
  void moreClassesThanSamplesOrRowsAreShownInPart() {
    assertEquals(new Previews(64, 8), Previews.of(64, 1000, 496));
    assertEquals(new Previews(2000, 45), Previews.of(2000, 1000, 496));
  }
}
