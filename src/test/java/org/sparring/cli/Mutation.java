package org.sparring.cli;

import java.util.Arrays;
import java.util.Random;

/** Damages bytes as disks, networks and attackers do; the same random numbers, the same damage. */
final class Mutation {
  private static final int[] EDGES = {0, 1, 0x7f, 0x80, 0xfe, 0xff};
  private static final int HEADER = 128;

  private Mutation() {}

  /**
   * One of: bytes changed, the end cut off, a piece removed, inserted or doubled, a huge number.
   */
  static byte[] of(byte[] whole, Random random) {
    if (whole.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    return switch (random.nextInt(10)) {
      case 0 -> Arrays.copyOf(whole, random.nextInt(whole.length));
      case 1 -> removed(whole, random);
      case 2 -> inserted(whole, random);
      case 3, 4 -> number(whole.clone(), random);
      case 5 -> zeroed(whole.clone(), random);
      default -> changed(whole.clone(), random);
    };
  }

  private static byte[] changed(byte[] mutant, Random random) {
    for (int i = 0; i <= random.nextInt(4); i++) {
      int value = random.nextBoolean() ? random.nextInt() : EDGES[random.nextInt(EDGES.length)];
      int at = place(mutant.length, random);
      mutant[at] =
          random.nextInt(3) == 0 ? (byte) (mutant[at] ^ 1 << random.nextInt(8)) : (byte) value;
    }
    return mutant;
  }

  private static byte[] removed(byte[] whole, Random random) {
    int from = place(whole.length, random);
    int to = Math.min(whole.length, from + 1 + random.nextInt(16));
    byte[] shorter = Arrays.copyOf(whole, whole.length - (to - from));
    System.arraycopy(whole, to, shorter, from, whole.length - to);
    return shorter;
  }

  /** Random bytes, or a copy of the bytes that follow. */
  private static byte[] inserted(byte[] whole, Random random) {
    int at = place(whole.length, random);
    byte[] piece = new byte[1 + random.nextInt(16)];
    random.nextBytes(piece);
    if (random.nextBoolean()) {
      System.arraycopy(whole, at, piece, 0, Math.min(piece.length, whole.length - at));
    }
    byte[] longer = Arrays.copyOf(whole, whole.length + piece.length);
    System.arraycopy(piece, 0, longer, at, piece.length);
    System.arraycopy(whole, at, longer, at + piece.length, whole.length - at);
    return longer;
  }

  /** Length fields: 2, 4 or 8 bytes in a row, the highest or the lowest number. */
  private static byte[] number(byte[] mutant, Random random) {
    int at = place(mutant.length, random);
    int end = Math.min(mutant.length, at + (2 << random.nextInt(3)));
    Arrays.fill(mutant, at, end, (byte) 0xff);
    if (random.nextBoolean()) {
      mutant[random.nextBoolean() ? at : end - 1] = 0x7f;
    }
    return mutant;
  }

  /** A lost piece of a disk. */
  private static byte[] zeroed(byte[] mutant, Random random) {
    int at = place(mutant.length, random);
    Arrays.fill(mutant, at, Math.min(mutant.length, at + 1 + random.nextInt(64)), (byte) 0);
    return mutant;
  }

  /** Headers are met as often as all the rest. */
  private static int place(int length, Random random) {
    return random.nextInt(random.nextBoolean() ? Math.min(HEADER, length) : length);
  }
}
