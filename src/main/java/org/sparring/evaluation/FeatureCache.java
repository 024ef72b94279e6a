package org.sparring.evaluation;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.sparring.errors.MetricsException;
import org.sparring.metrics.Features;
import org.sparring.storage.AtomicFiles;

/**
 * Caches a network's outputs for real images, so that they are not computed again for every model.
 * A file is complete or does not exist; a damaged file is ignored.
 *
 * @param folder folder of the cache files; created if it does not exist
 */
public record FeatureCache(Path folder) {
  private static final long MAGIC = 0x5350_4152_4645_4154L; // SPARFEAT
  private static final int HEADER = Long.BYTES + 3 * Integer.BYTES;
  private static final int HASH = 32;

  /**
   * Returns the cache of this user: {@code SPARRING_CACHE}, else {@code XDG_CACHE_HOME/sparring},
   * else {@code ~/.cache/sparring}.
   */
  public static FeatureCache standard() {
    String own = System.getenv("SPARRING_CACHE");
    if (own != null && !own.isBlank()) {
      return new FeatureCache(Path.of(own));
    }
    String common = System.getenv("XDG_CACHE_HOME");
    Path caches =
        common != null && !common.isBlank()
            ? Path.of(common)
            : Path.of(System.getProperty("user.home"), ".cache");
    return new FeatureCache(caches.resolve("sparring"));
  }

  /**
   * Returns the cached features.
   *
   * @param key text that contains everything the features depend on
   */
  public Optional<FeatureSample> read(String key) {
    try {
      Path file = file(key);
      return Files.exists(file) ? decoded(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException | MetricsException e) {
      return Optional.empty();
    }
  }

  /**
   * Stores features.
   *
   * @throws org.sparring.errors.StorageException if the file cannot be written
   */
  public void write(String key, FeatureSample sample) {
    Features none = new Features(new float[1], 1);
    int classes = sample.probabilities().map(Features::dimensions).orElse(0);
    byte[] header =
        ByteBuffer.allocate(HEADER)
            .putLong(MAGIC)
            .putInt(sample.count())
            .putInt(sample.features().dimensions())
            .putInt(classes)
            .array();
    byte[] features = bytes(sample.features().values());
    byte[] answers =
        classes == 0 ? new byte[0] : bytes(sample.probabilities().orElse(none).values());
    MessageDigest digest = sha256();
    AtomicFiles.write(
        file(key),
        out -> {
          for (byte[] part : new byte[][] {header, features, answers}) {
            write(out, part, digest);
          }
          out.write(digest.digest());
        });
  }

  /** Returns the file for a key. */
  public Path file(String key) {
    return folder.resolve("features-" + FileHash.of(key) + ".bin");
  }

  private static void write(OutputStream out, byte[] part, MessageDigest digest)
      throws IOException {
    digest.update(part);
    out.write(part);
  }

  private static Optional<FeatureSample> decoded(byte[] bytes) {
    if (bytes.length < HEADER + HASH || !isWhole(bytes)) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, bytes.length - HASH);
    long magic = buffer.getLong();
    int count = buffer.getInt();
    int dimensions = buffer.getInt();
    int classes = buffer.getInt();
    long expected = HEADER + (long) Float.BYTES * count * (dimensions + (long) classes) + HASH;
    if (magic != MAGIC || expected != bytes.length) {
      return Optional.empty();
    }
    FloatBuffer floats = buffer.slice().asFloatBuffer();
    float[] features = new float[count * dimensions];
    floats.get(features);
    float[] answers = new float[count * classes];
    floats.get(answers);
    return Optional.of(
        new FeatureSample(
            new Features(features, dimensions),
            classes == 0 ? Optional.empty() : Optional.of(new Features(answers, classes))));
  }

  private static boolean isWhole(byte[] bytes) {
    MessageDigest digest = sha256();
    digest.update(bytes, 0, bytes.length - HASH);
    byte[] stored = Arrays.copyOfRange(bytes, bytes.length - HASH, bytes.length);
    return MessageDigest.isEqual(stored, digest.digest());
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
