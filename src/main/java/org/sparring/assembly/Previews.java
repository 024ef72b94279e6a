package org.sparring.assembly;

/**
 * How samples are laid out in a grid.
 *
 * @param count samples
 * @param columns in a row
 */
public record Previews(int count, int columns) {

  /**
   * Where there are classes a row a class, as many of each. Nearly square where there are none, and
   * where there are more classes than samples, or than a picture has rows: the samples are then of
   * classes spread over all.
   *
   * @param count samples that are asked for, at least 1
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
