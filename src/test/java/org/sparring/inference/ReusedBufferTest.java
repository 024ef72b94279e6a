package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.sparring.errors.ModelException;
import org.sparring.natives.SessionOptions;

/** Images written to a caller's buffer that is filled again and again. */
class ReusedBufferTest extends TwoTinyModels {

  @Test
  void aBufferGetsTheImagesOfTheSeedCallAfterCall() {
    FloatBuffer direct =
        ByteBuffer.allocateDirect(3 * EACH * 4).order(ByteOrder.nativeOrder()).asFloatBuffer();
    FloatBuffer ofAnArray = FloatBuffer.allocate(3 * EACH);
    for (int seed = 0; seed < 3; seed++) {
      for (int count = 1; count <= 3; count++) {
        float[] expected = model.sample(seed, count).values();
        for (FloatBuffer into : List.of(direct, ofAnArray)) {
          model.sample(seed, count, into.clear());
          assertArrayEquals(expected, read(into), "seed " + seed + ", " + count);
        }
      }
    }
  }

  @Test
  void bytesAreThoseOfThePicture() {
    ByteBuffer into = ByteBuffer.allocateDirect(2 * EACH);
    model.sample(7, 2, into);
    into.flip();
    Images images = model.sample(7, 2);
    for (int i = 0; i < 2; i++) {
      var raster = images.image(i).getRaster();
      for (int p = 0; p < EACH; p++) {
        assertEquals(raster.getSample(p % 16, p / 16, 0), into.get(i * EACH + p) & 0xff);
      }
    }
  }

  @Test
  void classesMayBeAskedForAndTheirNumberMayChange() {
    FloatBuffer into = FloatBuffer.allocate(4 * EACH);
    ByteBuffer bytes = ByteBuffer.allocate(4 * EACH);
    for (int[] labels : new int[][] {{7}, {1, 2, 3}, {4, 5, 6}, {0}, {9, 9}}) {
      conditional.sample(5, labels, into.clear());
      float[] z = conditional.latents(5, labels.length, GeneratorModel.UNTRUNCATED);
      assertArrayEquals(conditional.generate(z, labels).values(), read(into), 1e-6f);
      conditional.sample(5, labels, bytes.clear());
      assertEquals(labels.length * EACH, bytes.position());
    }
  }

  @Test
  void imagesAreAppendedAndWhatLiesAroundThemStays() {
    FloatBuffer into = FloatBuffer.allocate(4 * EACH);
    into.put(0, 99).put(4 * EACH - 1, 98).position(1);
    model.sample(1, 1, into);
    model.sample(2, 1, into);
    assertEquals(1 + 2 * EACH, into.position());
    assertEquals(99, into.get(0));
    assertEquals(98, into.get(4 * EACH - 1));
    assertEquals(model.sample(2, 1).values()[0], into.get(1 + EACH));
  }

  @Test
  void aBufferThatIsTooSmallIsRefusedAndNotTouched() {
    FloatBuffer small = FloatBuffer.allocate(2 * EACH - 1);
    assertRefused("expected room for 512 floats, found 511", () -> model.sample(1, 2, small));
    assertEquals(0, small.position());
    assertRefused(
        "expected room for 256 bytes, found 255",
        () -> model.sample(1, 1, ByteBuffer.allocate(EACH - 1)));
    assertRefused(
        "expected a buffer that can be written, found a read-only one",
        () -> model.sample(1, 1, FloatBuffer.allocate(EACH).asReadOnlyBuffer()));
  }

  @Test
  void whatMeansNothingIsRefused() {
    FloatBuffer into = FloatBuffer.allocate(EACH);
    assertRefused("expected 1 to 8388607 samples, found 0", () -> model.sample(1, 0, into));
    assertRefused(
        "expected labels from 0 to 9, found 10", () -> conditional.sample(1, new int[] {10}, into));
    assertRefused(
        folder + "/saved_model is unconditional: it cannot be asked for a class",
        () -> model.sample(1, new int[] {1}, into));
  }

  @Test
  void threadsWithBuffersOfTheirOwnGetThePixelsOfOne() throws Exception {
    float[][] expected = new float[20][];
    for (int seed = 0; seed < 20; seed++) {
      expected[seed] = conditional.sample(seed, labels(seed)).values();
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> calls = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        calls.add(
            threads.submit(
                () -> {
                  FloatBuffer into = FloatBuffer.allocate(3 * EACH);
                  for (int i = 0; i < 60; i++) {
                    conditional.sample(i % 20, labels(i % 20), into.clear());
                    assertArrayEquals(expected[i % 20], read(into), "call " + i);
                  }
                }));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private static int[] labels(int seed) {
    int[] labels = new int[1 + seed % 3];
    labels[0] = seed % 10;
    return labels;
  }

  /** An array of 64 images would be 65 536 bytes. Measured: 4 648. */
  @Test
  void aCallAllocatesLittle() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    FloatBuffer into = FloatBuffer.allocate(64 * EACH);
    long[] allocated = new long[100];
    for (int i = 0; i < allocated.length; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      model.sample(i, 64, into.clear());
      allocated[i] = threads.getCurrentThreadAllocatedBytes() - before;
    }
    Arrays.sort(allocated);
    System.out.println("allocated a call, median: " + allocated[50] + " bytes");
    assertTrue(allocated[50] < 8_000, allocated[50] + " bytes");
  }

  @Test
  void warmingUpMakesTheFirstCallsAndChangesNothing() {
    try (GeneratorModel fresh = GeneratorModel.load(folder, SessionOptions.CPU)) {
      assertTrue(fresh.warmUp().toNanos() > 0);
      assertTrue(fresh.warmUp(1, 4).toNanos() > 0);
      assertArrayEquals(model.sample(3, 2).values(), fresh.sample(3, 2).values());
      assertRefused("expected 1 to 8388607 samples, found 0", () -> fresh.warmUp(0));
    }
    assertTrue(conditional.warmUp(2).toNanos() > 0);
  }

  @Test
  void aClosedModelRefusesToFillABuffer() {
    GeneratorModel closed = GeneratorModel.load(folder, SessionOptions.CPU);
    FloatBuffer into = FloatBuffer.allocate(EACH);
    closed.sample(1, 1, into);
    closed.close();
    var e = assertThrows(ModelException.class, () -> closed.sample(1, 1, into.clear()));
    assertEquals("this model is closed", e.getMessage());
  }

  private static float[] read(FloatBuffer into) {
    float[] values = new float[into.flip().remaining()];
    into.get(values);
    return values;
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(ModelException.class, call).getMessage());
  }
}
