package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.ErrorKind.BAD_REQUEST;
import static org.sparring.errors.ErrorKind.BUSY;
import static org.sparring.errors.ErrorKind.CLOSED;
import static org.sparring.errors.ErrorKind.TOO_MANY;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.sparring.errors.ErrorKind;
import org.sparring.errors.ModelException;
import org.sparring.natives.SessionOptions;

/** Requests that are refused, by kind, and what a refusal costs. */
@Timeout(300)
class RefusalsTest extends TwoTinyModels {
  private static final int REFUSALS = 100_000;

  /** An exception and its message. An image has {@value TwoTinyModels#EACH} floats, 1 KiB. */
  private static final long MOST_BYTES_A_REFUSAL = 1500;

  @Test
  void requestsThatMeanNothingAreBadOnes() {
    assertRefused(BAD_REQUEST, () -> model.sample(1, 0));
    assertRefused(BAD_REQUEST, () -> model.sample(1, -1, 0.5f));
    assertRefused(BAD_REQUEST, () -> model.sample(1, 1, -0.5f));
    assertRefused(BAD_REQUEST, () -> model.sample(1, 1, Float.POSITIVE_INFINITY));
    assertRefused(BAD_REQUEST, () -> model.latents(1, 1, Float.NaN));
    assertRefused(BAD_REQUEST, () -> model.sample(1, 2, FloatBuffer.allocate(EACH)));
    assertRefused(BAD_REQUEST, () -> model.interpolate(1, 2, 1));
    assertRefused(BAD_REQUEST, () -> model.warmUp(0));
  }

  @Test
  void latentsThatAreNoWholeVectorsOfNumbersAreBadOnes() {
    assertRefused(BAD_REQUEST, () -> model.generate(new float[0]));
    assertRefused(BAD_REQUEST, () -> model.generate(new float[model.latent() + 1]));
    for (float none : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      float[] z = new float[2 * model.latent()];
      z[3] = none;
      assertRefused(BAD_REQUEST, () -> model.generate(z));
    }
  }

  @Test
  void classesThatTheModelLacksAreBadOnes() {
    assertRefused(BAD_REQUEST, () -> conditional.sample(1, new int[] {10}));
    assertRefused(BAD_REQUEST, () -> conditional.sample(1, new int[] {-1}, 0.5f));
    assertRefused(BAD_REQUEST, () -> conditional.sample(1, new int[0]));
    assertRefused(BAD_REQUEST, () -> conditional.interpolate(1, 2, 3, 10));
    assertRefused(BAD_REQUEST, () -> conditional.interpolate(1, 2, 3));
    assertRefused(BAD_REQUEST, () -> conditional.generate(new float[conditional.latent()]));
    assertRefused(BAD_REQUEST, () -> model.sample(1, new int[] {0}));
    assertRefused(BAD_REQUEST, () -> model.sample(1, new int[] {0}, 0.5f));
    assertRefused(BAD_REQUEST, () -> model.interpolate(1, 2, 3, 0));
    assertRefused(BAD_REQUEST, () -> model.labels(1, 1));
  }

  @Test
  void moreThanOneArrayHoldsAreTooMany() {
    assertRefused(TOO_MANY, () -> model.sample(1, Integer.MAX_VALUE));
    assertRefused(TOO_MANY, () -> model.sample(1, Integer.MAX_VALUE, 0.5f));
    assertRefused(TOO_MANY, () -> model.latents(1, Integer.MAX_VALUE, 0));
    assertRefused(TOO_MANY, () -> model.interpolate(1, 2, Integer.MAX_VALUE));
    assertRefused(TOO_MANY, () -> model.sample(1, Integer.MAX_VALUE, FloatBuffer.allocate(1)));
  }

  @Test
  void everyRequestOfAClosedModelIsRefusedAsSuch() {
    GeneratorModel closed = GeneratorModel.load(conditionalFolder, SessionOptions.CPU);
    closed.close();
    int[] labels = {1};
    float[] z = new float[closed.latent()];
    assertRefused(CLOSED, () -> closed.sample(1, 1));
    assertRefused(CLOSED, () -> closed.sample(1, 0));
    assertRefused(CLOSED, () -> closed.sample(1, 1, 0.5f));
    assertRefused(CLOSED, () -> closed.sample(1, labels));
    assertRefused(CLOSED, () -> closed.sample(1, labels, 0.5f));
    assertRefused(CLOSED, () -> closed.sample(1, 1, FloatBuffer.allocate(EACH)));
    assertRefused(CLOSED, () -> closed.labels(1, 1));
    assertRefused(CLOSED, () -> closed.latents(1, 1, 0));
    assertRefused(CLOSED, () -> closed.generate(z, labels));
    assertRefused(CLOSED, () -> closed.interpolate(1, 2, 3, 1));
    assertRefused(CLOSED, closed::warmUp);
    assertRefused(CLOSED, closed::weightsSha256);
  }

  @Test
  void aBatcherRefusesByKindToo() {
    BatchQueue queue = new BatchQueue(new BatchLimits(4, Duration.ZERO, 1));
    MicroBatcher batcher =
        new MicroBatcher(conditional, new BatchLimits(4, Duration.ZERO, 1), queue);
    try (batcher) {
      assertRefused(TOO_MANY, () -> batcher.sample(1, 5));
      assertRefused(TOO_MANY, () -> batcher.sample(1, new int[5]));
      assertRefused(BAD_REQUEST, () -> batcher.sample(1, 0));
      assertRefused(BAD_REQUEST, () -> batcher.sample(1, new int[0]));
      assertRefused(BAD_REQUEST, () -> batcher.sample(1, new int[] {10}));
      assertRefused(BAD_REQUEST, () -> batcher.sample(1, 2, FloatBuffer.allocate(EACH)));
      queue.admit();
      assertRefused(BUSY, () -> batcher.sample(1, 1));
      assertRefused(BUSY, () -> batcher.sample(1, new int[] {3}));
      assertRefused(BUSY, () -> batcher.sample(1, 1, FloatBuffer.allocate(EACH)));
      queue.leave();
      assertEquals(1, batcher.sample(1, 1).count());
    }
    assertRefused(CLOSED, () -> batcher.sample(1, 1));
  }

  /** It fails while its latents are drawn: its place is free for the next. */
  @Test
  void aRequestThatCannotBePreparedGivesItsPlaceBack() {
    GeneratorModel model = GeneratorModel.load(folder, SessionOptions.CPU);
    BatchLimits limits = new BatchLimits(4, Duration.ZERO, 1);
    BatchQueue queue = new BatchQueue(limits);
    try (MicroBatcher batcher = new MicroBatcher(model, limits, queue)) {
      model.close();
      for (int i = 0; i < 3; i++) {
        assertRefused(CLOSED, () -> batcher.sample(1, 1));
      }
      queue.admit();
      queue.leave();
    }
  }

  /** Measured without a time: a sample call of the same thread is the yardstick. */
  @Test
  void aHundredThousandRefusalsCostLittle() {
    BatchLimits limits = new BatchLimits(64, Duration.ZERO, 1);
    BatchQueue queue = new BatchQueue(limits);
    try (MicroBatcher batcher = new MicroBatcher(model, limits, queue)) {
      queue.admit();
      long call = median(() -> model.sample(1, 64));
      assertCheap(BUSY, call, () -> batcher.sample(1, 64));
      assertCheap(TOO_MANY, call, () -> batcher.sample(1, 65));
      assertCheap(TOO_MANY, call, () -> model.sample(1, Integer.MAX_VALUE));
      queue.leave();
    }
  }

  /** A refusal takes less than a tenth of the time of a call, and allocates no images. */
  private static void assertCheap(ErrorKind kind, long call, Executable refused) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = threads.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    for (int i = 0; i < REFUSALS; i++) {
      assertEquals(kind, refusal(refused).kind());
    }
    long each = (System.nanoTime() - start) / REFUSALS;
    long allocated = (threads.getCurrentThreadAllocatedBytes() - bytes) / REFUSALS;
    System.out.println(
        kind + ": " + each + " ns and " + allocated + " bytes; a call takes " + call + " ns");
    assertTrue(each < call / 10, kind + ": " + each + " ns, a call takes " + call);
    assertTrue(allocated < MOST_BYTES_A_REFUSAL, kind + ": " + allocated + " bytes");
  }

  private static long median(Runnable call) {
    long[] times = new long[101];
    for (int i = 0; i < times.length; i++) {
      long start = System.nanoTime();
      call.run();
      times[i] = System.nanoTime() - start;
    }
    Arrays.sort(times);
    return times[times.length / 2];
  }

  private static ModelException refusal(Executable call) {
    try {
      call.execute();
    } catch (ModelException e) {
      return e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("not refused");
  }

  private static void assertRefused(ErrorKind kind, Executable call) {
    ModelException e = assertThrows(ModelException.class, call);
    assertEquals(kind, e.kind(), e.getMessage());
  }
}
