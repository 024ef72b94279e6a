package org.sparring.layers;

/**
 * Channels of a residual network's maps by their size: the same for the four smallest sizes, and
 * half as many after each further doubling, so that images of 64 and more are not dominated by the
 * cost at full side. With base 4, maps of side 4 to 32 have the full width and maps of side 64 half
 * of it (R3GAN's presets, and the tables of Miyato et al. 2018 for 32×32).
 *
 * @param width of the smallest maps, at least 1
 */
public record StageWidths(long width) {
  private static final int ALIKE = 3;

  /**
   * @param level doublings from the smallest map
   * @return at least 1
   */
  public long at(int level) {
    return Math.max(1, width >> Math.max(0, level - ALIKE));
  }
}
