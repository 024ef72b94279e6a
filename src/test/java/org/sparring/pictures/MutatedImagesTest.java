package org.sparring.pictures;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.errors.DataException;

/**
 * Damaged images of every kind: each is read or refused by name, in time, and nothing else happens.
 * {@code -Dsparring.mutants=20000} raises the number of each kind.
 */
public class MutatedImagesTest {
  private static final int MUTANTS = Integer.getInteger("sparring.mutants", 200);
  private static final Duration LONGEST = Duration.ofSeconds(20);

  static List<String> kinds() {
    return ImageFiles.KINDS;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void damageIsReadOrRefusedByName(String name) {
    byte[] whole = ImageFiles.read(name);
    Random random = new Random(name.hashCode());
    int refused = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = mutant(whole, random);
      refused += isRefused(name + " " + i, mutant) ? 1 : 0;
    }
    assertTrue(refused > MUTANTS / 20, refused + " of " + MUTANTS + " were refused");
  }

  private static boolean isRefused(String name, byte[] mutant) {
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertTimeoutPreemptively(LONGEST, () -> ImageDecoder.decode(name, mutant, true));
      return false;
    } catch (DataException e) {
      assertTrue(e.getMessage().startsWith(name + ": expected a decodable image"), e.getMessage());
      return true;
    } catch (Throwable e) {
      return fail(name, e);
    } finally {
      System.setErr(err);
      assertTrue(printed.size() == 0, () -> name + " printed " + printed);
    }
  }

  /** Some bytes changed, a piece cut out, or the end cut off. */
  public static byte[] mutant(byte[] whole, Random random) {
    byte[] mutant = whole.clone();
    int kind = random.nextInt(10);
    if (kind == 0) {
      return Arrays.copyOf(mutant, random.nextInt(mutant.length));
    }
    if (kind == 1) {
      int from = random.nextInt(mutant.length);
      int to = Math.min(mutant.length, from + 1 + random.nextInt(8));
      byte[] shorter = Arrays.copyOf(mutant, mutant.length - (to - from));
      System.arraycopy(mutant, to, shorter, from, mutant.length - to);
      return shorter;
    }
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(kind < 6 ? Math.min(64, mutant.length) : mutant.length);
      mutant[at] = (byte) (random.nextBoolean() ? random.nextInt() : EDGES[random.nextInt(4)]);
    }
    return mutant;
  }

  private static final int[] EDGES = {0, 0x7f, 0x80, 0xff};
}
