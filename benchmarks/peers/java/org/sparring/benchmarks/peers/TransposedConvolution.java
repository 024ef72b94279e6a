package org.sparring.benchmarks.peers;

import ai.djl.ndarray.NDArray;

/**
 * (n, in, s, s) → (n, out, 2s, 2s): 4×4 kernel, stride 2, padding 1, which DJL's PyTorch engine has
 * no operation for.
 */
interface TransposedConvolution extends AutoCloseable {
  /**
   * @param x (n, in, s, s)
   * @param kernel (in, out, 4, 4)
   */
  NDArray of(NDArray x, NDArray kernel);

  @Override
  default void close() {}
}
