package org.sparring.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.sparring.pictures.ContentHash;

/**
 * A fixed number of points drawn once from a mixture, as the published mode-collapse protocols have
 * it (PacGAN, Lin et al. 2018: 100,000 training points).
 */
public final class PointSet implements Dataset {
  /** Points of the published protocols. */
  public static final int PROTOCOL_SIZE = 100_000;

  /** Added to the seed of held-out points. */
  private static final long HELD_OUT_STREAM = 0x7E57_0000_0000_0000L;

  private final PointSource source;
  private final long seed;
  private final float[] values;

  /** Draws {@code size} points, a function of the seed. */
  public PointSet(PointSource source, int size, long seed) {
    this.source = source;
    this.seed = seed;
    this.values = source.samples(size, seed);
  }

  @Override
  public Optional<PointSource> mixture() {
    return Optional.of(source);
  }

  /** As many other points of the same mixture. */
  @Override
  public Optional<PointSet> heldOut() {
    return Optional.of(new PointSet(source, size(), seed + HELD_OUT_STREAM));
  }

  /** The points, {@code (size, 2)} row-major. */
  public float[] values() {
    return values.clone();
  }

  @Override
  public List<Field> fields() {
    return List.of(Field.floats(Field.POINT, 2));
  }

  @Override
  public void read(int index, Field field, ByteBuffer into) {
    Objects.checkIndex(index, size());
    field(field.name()); // refuses others
    into.putFloat(values[2 * index]).putFloat(values[2 * index + 1]);
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
