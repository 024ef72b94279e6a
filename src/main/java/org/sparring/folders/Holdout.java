package org.sparring.folders;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparring.pictures.ContentHash;

/**
 * The groups of images that are held out, chosen by a hash of their keys. Without groups, each
 * image is a group and its name is the key.
 *
 * <p>A share is held out by the value of the hash, so that adding groups does not move others
 * between the parts. A number n holds out the n groups with the smallest hashes.
 *
 * @param amount share in [0, 1), or a number of groups
 * @param keys the chosen groups where {@code amount} is a number; else empty
 */
record Holdout(double amount, Set<String> keys) {

  /**
   * @param amount share in [0, 1), or a number of groups
   * @param all keys of all groups, in any order and any number of times
   */
  static Holdout of(double amount, Collection<String> all) {
    if (amount < 1) {
      return new Holdout(amount, Set.of());
    }
    return new Holdout(
        amount,
        all.stream()
            .distinct()
            .sorted(Comparator.comparingDouble(Holdout::position).thenComparing(key -> key))
            .limit((long) amount)
            .collect(Collectors.toUnmodifiableSet()));
  }

  boolean isNone() {
    return amount == 0;
  }

  boolean holds(String key) {
    return amount < 1 ? position(key) < amount : keys.contains(key);
  }

  /** The value of {@code data.held_out}. */
  String number() {
    return amount < 1 ? String.valueOf(amount) : String.valueOf((long) amount);
  }

  /** For example {@code a share of 0.1}. */
  @Override
  public String toString() {
    return amount < 1 ? "a share of " + amount : number();
  }

  /** Returns a number in [0, 1) that depends only on the key. */
  private static double position(String key) {
    byte[] hash = ContentHash.digest("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1p-53;
  }
}
