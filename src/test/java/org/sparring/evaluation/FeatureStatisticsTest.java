package org.sparring.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.EvaluationException;
import org.sparring.metrics.Features;
import org.sparring.metrics.FrechetDistance;
import org.sparring.metrics.Moments;
import org.sparring.records.NumpyDoubles;

class FeatureStatisticsTest {
  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsReadAgain() {
    Random random = new Random(3);
    float[] values = new float[40 * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    Moments moments = Moments.of(new Features(values, 3));
    Path file = folder.resolve("stats.npz");
    FeatureStatistics.write(file, moments);
    Moments read = FeatureStatistics.read(file);
    assertArrayEquals(moments.mean(), read.mean());
    assertArrayEquals(moments.covariance(), read.covariance());
    assertEquals(0, FrechetDistance.between(read, moments).value(), 1e-12);
  }

  /** N(0, 1) and N(3, 2²): 9 + 1 + 4 − 2·2 = 10. */
  @Test
  void theDistanceOfKnownStatisticsIsTheClosedForm() {
    Moments standard = Moments.known(new double[] {0}, new double[] {1});
    Moments other = Moments.known(new double[] {3}, new double[] {4});
    assertEquals(10, FrechetDistance.between(standard, other).value(), 1e-12);
  }

  /** The bytes that numpy.save writes of numpy.array([1.5, -2.0]), version 1.26. */
  @Test
  void theFormatIsNumpys() throws IOException {
    String header =
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }" + " ".repeat(60) + "\n";
    assertEquals(118, header.length());
    ByteBuffer expected = ByteBuffer.allocate(128 + 16).order(ByteOrder.LITTLE_ENDIAN);
    expected.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) 118);
    expected.put(header.getBytes(StandardCharsets.US_ASCII)).putDouble(1.5).putDouble(-2);
    var array = new NumpyDoubles(new long[] {2}, new double[] {1.5, -2});
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    array.writeTo(written);
    NumpyDoubles read = NumpyDoubles.read("array.npy", new ByteArrayInputStream(expected.array()));
    assertArrayEquals(array.values(), read.values());
    assertArrayEquals(array.shape(), read.shape());
    NumpyDoubles again =
        NumpyDoubles.read("array.npy", new ByteArrayInputStream(written.toByteArray()));
    assertArrayEquals(array.values(), again.values());
    // numpy leaves room for a longer shape; the start of the values is on 64 bytes in both
    assertEquals(0, (written.size() - 16) % 64);
  }

  @Test
  void filesThatAreNoStatisticsAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("no.npz"), "nothing");
    EvaluationException refused =
        assertThrows(EvaluationException.class, () -> FeatureStatistics.read(file));
    assertTrue(refused.getMessage().startsWith(file + ": expected feature statistics"));
    FeatureStatistics.write(file, Moments.known(new double[2], new double[] {1, 0, 0, 1}));
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      try {
        FeatureStatistics.read(file);
      } catch (EvaluationException | org.sparring.errors.MetricsException e) {
        assertTrue(e.getMessage().length() > 0);
      }
    }
  }
}
