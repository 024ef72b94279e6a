package org.sparring.assembly;

/**
 * How samples are laid out in a grid.
 *
 * @param count samples
 * @param columns in a row
 */
public record Previews(int count, int columns) {

  /**
   * Lays out one row per class, with equally many samples of each. The grid is nearly square if
   * there are no classes, or if there are more classes than samples or rows of a picture; the
   * samples are then spread over all classes.
   *
   * @param count samples to show, at least 1
   * @param classes 0 where there are none
   * @param rows that a picture has at most
   */
  static Previews of(int count, int classes, int rows) {
    if (classes == 0 || classes > Math.min(count, rows)) {
      return new Previews(count, (int) Math.ceil(Math.sqrt(count)));
    }
    int columns = count / classes;
    return new Previews(classes * columns, columns);
  }
}
