package org.sparring.layers;

/**
 * How a network computes in bfloat16 on the device at hand. In each form both factors of every
 * product are rounded to bfloat16 and the sums are float32 (docs/decisions/0030).
 */
public enum Bfloat16 {
  /** Activations are bfloat16, and TensorFlow's ops compute in bfloat16. For GPUs. */
  NATIVE,

  /**
   * As {@link #NATIVE}, except that gradients of wide kernels are products of matrices (see {@code
   * PlaceProducts}). For CPUs that multiply bfloat16 faster than float32.
   */
  CPU,

  /**
   * Activations are float32, and the factors of each product are rounded to bfloat16 and multiplied
   * in float32. For CPUs that multiply float32 faster than bfloat16.
   */
  ROUNDED
}
