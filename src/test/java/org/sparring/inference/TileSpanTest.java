package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparring.exports.PictureFunction;

class TileSpanTest {
  @Test
  void aPictureNoLargerThanATileIsOneSpanPaddedToTheMultiple() {
    assertEquals(List.of(new TileSpan(0, 12, 0, 10, 0)), TileSpan.of(10, 64, function(4, 3)));
    assertEquals(List.of(new TileSpan(0, 10, 0, 10, 0)), TileSpan.of(10, 10, function(1, -1)));
  }

  @Test
  void inputsReachBeyondOutputsAndStartAtTheMultiple() {
    List<TileSpan> spans = TileSpan.of(70, 34, function(4, 6)); // tiles of 32
    assertEquals(
        List.of(
            new TileSpan(0, 40, 0, 32, 0),
            new TileSpan(24, 72, 32, 64, 0),
            new TileSpan(56, 72, 64, 70, 0)),
        spans);
  }

  @Test
  void spansOfAFunctionThatSeesTheWholeOverlapByAQuarter() {
    List<TileSpan> spans = TileSpan.of(100, 40, function(1, -1));
    assertEquals(
        List.of(
            new TileSpan(0, 40, 0, 40, 0),
            new TileSpan(30, 70, 30, 70, 10),
            new TileSpan(60, 100, 60, 100, 10)),
        spans);
  }

  @Test
  void everyPixelIsGivenByOneSpanAndSpansFollowEachOther() {
    for (int reach : new int[] {-1, 0, 5, 90}) {
      for (int multiple : new int[] {1, 4, 8}) {
        for (int size = 1; size < 200; size += 7) {
          check(TileSpan.of(size, 24, function(multiple, reach)), size, multiple);
        }
      }
    }
  }

  private static void check(List<TileSpan> spans, int size, int multiple) {
    int before = 0;
    for (TileSpan span : spans) {
      assertEquals(before - span.fade(), span.first(), "the next follows the last: " + spans);
      assertTrue(span.last() > before, "each gives something new: " + spans);
      assertEquals(0, span.start() % multiple);
      assertEquals(0, span.length() % multiple);
      assertTrue(span.start() >= 0 && span.start() <= span.first());
      assertTrue(span.end() >= span.last());
      before = span.last();
    }
    assertEquals(size, before);
  }

  private static PictureFunction function(int multiple, int reach) {
    return new PictureFunction("f", 3, 3, 2, multiple, reach);
  }
}
