package org.sparring.layers;

import java.util.Locale;

/** How the layers of a discriminator are normalised. */
public enum Normalization {
  /** Batch normalisation on all but the first layer (Radford et al. 2015, section 3). */
  BATCH,
  /**
   * No normalisation; layers have a bias. Needed for a penalty on the gradient at single samples.
   */
  NONE,
  /** Kernels are divided by their spectral norm (Miyato et al. 2018); layers have a bias. */
  SPECTRAL;

  /** As recipes write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
