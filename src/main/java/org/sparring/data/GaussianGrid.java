package org.sparring.data;

import org.sparring.pictures.Limits;

/**
 * Modes on a square lattice around 0, row by row. PacGAN (Lin et al. 2018), Table 1: 5 by 5 modes
 * at {−4, −2, 0, 2, 4}², σ 0.05.
 */
public record GaussianGrid(int perSide, double spacing, double sigma) implements PointSource {
  public GaussianGrid {
    Limits.checkMixture("grid", perSide, spacing, sigma);
  }

  /** The grid of PacGAN's Table 1. */
  public static GaussianGrid pacGan() {
    return new GaussianGrid(5, 2, 0.05);
  }

  @Override
  public String name() {
    return "grid";
  }

  @Override
  public double[][] modes() {
    double[][] modes = new double[perSide * perSide][];
    double middle = (perSide - 1) / 2.0;
    for (int k = 0; k < modes.length; k++) {
      int row = k / perSide;
      int column = k % perSide;
      modes[k] = new double[] {spacing * (column - middle), spacing * (row - middle)};
    }
    return modes;
  }
}
