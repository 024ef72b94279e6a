package org.sparring.graph;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/**
 * The seeds of one run. Each random number is keyed by the run's seed, a purpose and a counter, so
 * no generator holds state and a resumed run gets the same numbers as an uninterrupted one.
 *
 * @param seed of the run, any value
 */
public record Seeds(long seed) {

  /** Returns the key for random numbers that are drawn once per run, (2) int64. */
  public Operand<TInt64> once(Ops tf, String purpose) {
    return Host.of(tf).constant(new long[] {keyed(purpose), 0});
  }

  /** Returns the key for the {@code counter}-th draw for a purpose, (2) int64. */
  public Operand<TInt64> counted(Ops tf, String purpose, Operand<TInt64> counter) {
    Ops host = Host.of(tf); // in host memory, where the kernels read the key
    return host.stack(List.of(host.constant(keyed(purpose)), counter));
  }

  /**
   * Returns the run's seed mixed with a purpose. Equal seeds and purposes give equal numbers on
   * every machine.
   */
  public long keyed(String purpose) {
    CRC32C crc = new CRC32C();
    crc.update(purpose.getBytes(StandardCharsets.UTF_8));
    // the finalizer of SplitMix64: similar seeds and purposes give unrelated numbers
    long z = seed + 0x9E3779B97F4A7C15L * (crc.getValue() + 1);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
