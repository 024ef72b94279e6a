package org.sparring.layers;

import java.util.Locale;

/** What holds the scale of a discriminator's layers. */
public enum Normalization {
  /** Batch normalisation on all but the first layer (Radford et al. 2015, section 3). */
  BATCH,
  /** Nothing; layers have a bias. A penalty on the slope of single samples wants this. */
  NONE,
  /** Kernels are divided by their spectral norm (Miyato et al. 2018); layers have a bias. */
  SPECTRAL;

  /** As recipes write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
