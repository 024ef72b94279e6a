package org.sparring.experiment;

/**
 * How samples are laid out in a grid.
 *
 * @param count samples
 * @param columns in a row
 */
record Previews(int count, int columns) {

  /**
   * Nearly square; where there are classes a row a class, as many of each.
   *
   * @param count samples that are asked for, at least 1
   * @param classes 0 where there are none
   */
  static Previews of(int count, int classes) {
    if (classes == 0) {
      return new Previews(count, (int) Math.ceil(Math.sqrt(count)));
    }
    int columns = Math.max(1, count / classes);
    return new Previews(classes * columns, columns);
  }
}
