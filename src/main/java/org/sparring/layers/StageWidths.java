package org.sparring.layers;

/**
 * The number of channels of a residual network's feature maps by their size: the same for the four
 * smallest sizes, and half as many after each further doubling. Otherwise the largest maps would
 * dominate the cost for images of side 64 and more. With base 4, maps of side 4 to 32 have the full
 * width and maps of side 64 half of it (R3GAN's presets, and the tables of Miyato et al. 2018 for
 * 32×32).
 *
 * @param width number of channels of the smallest maps, at least 1
 */
public record StageWidths(long width) {
  private static final int ALIKE = 3;

  /**
   * Returns the number of channels, at least 1.
   *
   * @param level number of doublings from the smallest map
   */
  public long at(int level) {
    return Math.max(1, width >> Math.max(0, level - ALIKE));
  }
}
