package org.sparring.data;

import org.sparring.pictures.Limits;

/**
 * Modes at equal angles on a circle around 0, mode k at angle 2πk/count. PacGAN (Lin et al. 2018),
 * Table 1: 8 modes, radius 1, σ 0.01.
 */
public record GaussianRing(int count, double radius, double sigma) implements PointSource {
  public GaussianRing {
    Limits.checkMixture("ring", count, radius, sigma);
  }

  /** The ring of PacGAN's Table 1. */
  public static GaussianRing pacGan() {
    return new GaussianRing(8, 1, 0.01);
  }

  @Override
  public String name() {
    return "ring";
  }

  @Override
  public double[][] modes() {
    double[][] modes = new double[count][];
    for (int k = 0; k < count; k++) {
      double angle = 2 * Math.PI * k / count;
      modes[k] = new double[] {radius * StrictMath.cos(angle), radius * StrictMath.sin(angle)};
    }
    return modes;
  }
}
