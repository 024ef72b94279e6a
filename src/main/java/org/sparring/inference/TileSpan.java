package org.sparring.inference;

import java.util.ArrayList;
import java.util.List;
import org.sparring.exports.PictureFunction;

/**
 * The part of one axis of a picture that one call of a network computes. All numbers are input
 * pixels.
 *
 * @param start of the input of the call
 * @param end of it, exclusive; {@code end − start} is a multiple of the function's
 * @param first pixel whose output is used
 * @param last of these, exclusive
 * @param fade pixels from {@code first} that are blended with the output of the span before
 */
record TileSpan(int start, int end, int first, int last, int fade) {
  /** Part of a tile that is blended with the next one, if every pixel can change every other. */
  private static final int OVERLAP = 4;

  /**
   * Returns the spans of an axis in order.
   *
   * @param size of the picture along the axis
   * @param tile pixels that a call gives; at least the function's multiple is used
   */
  static List<TileSpan> of(int size, int tile, PictureFunction function) {
    int multiple = function.multiple();
    int padded = up(size, multiple);
    int core = Math.max(multiple, down(tile, multiple));
    if (padded <= core) {
      return List.of(new TileSpan(0, padded, 0, size, 0));
    }
    return function.seesWhole()
        ? blended(size, core, multiple)
        : exact(size, core, multiple, function.reach());
  }

  /** Inputs reach as far beyond the outputs as the network looks. */
  private static List<TileSpan> exact(int size, int core, int multiple, int reach) {
    List<TileSpan> spans = new ArrayList<>();
    for (int first = 0; first < size; first += core) {
      int last = Math.min(size, first + core);
      int start = Math.max(0, down(first - reach, multiple));
      int end = Math.min(up(size, multiple), up(last + reach, multiple));
      spans.add(new TileSpan(start, end, first, last, 0));
    }
    return spans;
  }

  /** Spans of one size, evenly spaced, of which each overlaps the next by a quarter or more. */
  private static List<TileSpan> blended(int size, int core, int multiple) {
    int farthest = up(size, multiple) - core;
    int step = Math.max(multiple, core - up(core / OVERLAP, multiple));
    int count = (farthest + step - 1) / step;
    List<TileSpan> spans = new ArrayList<>();
    int before = 0;
    for (int i = 0; i <= count; i++) {
      int start = i == count ? farthest : down((int) ((long) farthest * i / count), multiple);
      int last = Math.min(size, start + core);
      spans.add(new TileSpan(start, start + core, start, last, Math.max(0, before - start)));
      before = last;
    }
    return spans;
  }

  int length() {
    return end - start;
  }

  private static int up(int value, int multiple) {
    return -Math.floorDiv(-value, multiple) * multiple;
  }

  private static int down(int value, int multiple) {
    return Math.floorDiv(value, multiple) * multiple;
  }
}
