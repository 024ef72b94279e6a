package org.sparring.layers;

import java.util.Locale;

/** The normalisation of a discriminator's layers. */
public enum Normalization {
  /** Batch normalisation on all but the first layer (Radford et al. 2015, section 3). */
  BATCH,
  /**
   * No normalisation; layers have a bias. A penalty on the gradient at single samples requires
   * this.
   */
  NONE,
  /** Kernels are divided by their spectral norm (Miyato et al. 2018); layers have a bias. */
  SPECTRAL;

  /** Returns the name used in recipes. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
