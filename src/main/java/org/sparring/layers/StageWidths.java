package org.sparring.layers;

/**
 * Channels of a residual network's maps by their size: the same for the four smallest, half as many
 * with each doubling beyond, so that images of 64 and more are not all cost at their full side.
 * With base 4 that is 4 to 32 wide, then 64 half as wide (R3GAN's presets, and the tables of Miyato
 * et al. 2018 for 32×32).
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
