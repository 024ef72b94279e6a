package org.sparring.data;

import java.nio.ByteBuffer;
import org.sparring.pictures.ContentHash;

/**
 * A fixed number of points drawn once from a mixture, as the published mode-collapse protocols have
 * it (PacGAN, Lin et al. 2018: 100,000 training points).
 */
public final class PointSet implements SampleSource {
  /** Points of the published protocols. */
  public static final int PROTOCOL_SIZE = 100_000;

  private final PointSource source;
  private final float[] values;

  /** Draws {@code size} points, a function of the seed. */
  public PointSet(PointSource source, int size, long seed) {
    this.source = source;
    this.values = source.samples(size, seed);
  }

  /** The mixture they were drawn from. */
  public PointSource source() {
    return source;
  }

  /** The points, {@code (size, 2)} row-major. */
  public float[] values() {
    return values.clone();
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public int size() {
    return values.length / 2;
  }

  @Override
  public String contentHash() {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return new ContentHash().text(name()).number(size()).bytes(bytes.array()).hex();
  }
}
