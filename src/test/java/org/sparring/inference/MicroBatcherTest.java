package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.sparring.errors.ModelException;
import org.sparring.natives.SessionOptions;

@Timeout(120)
class MicroBatcherTest extends TwoTinyModels {
  private static final int THREADS = 16;

  /** Rounding: kernels sum in another order where a batch has another size. */
  private static final float ROUNDING = 1e-5f;

  @Test
  void imagesDoNotDependOnWhoSharesTheRun() throws Exception {
    try (MicroBatcher batcher = batcher(model, 8)) {
      fromManyThreads(
          i -> {
            int count = 1 + i % 3;
            assertArrayEquals(
                model.sample(i, count).values(), batcher.sample(i, count).values(), ROUNDING);
            return null;
          });
    }
  }

  @Test
  void imagesOfClassesDoNotEither() throws Exception {
    try (MicroBatcher batcher = batcher(conditional, 8)) {
      fromManyThreads(
          i -> {
            int[] labels = {i % 10, (i + 3) % 10};
            assertArrayEquals(
                conditional.sample(i, labels).values(),
                batcher.sample(i, labels).values(),
                ROUNDING);
            assertArrayEquals(
                conditional.sample(i, 2).values(), batcher.sample(i, 2).values(), ROUNDING);
            return null;
          });
    }
  }

  /** As many threads as there are, each with 12 numbers of its own. */
  private static void fromManyThreads(Numbered work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Void>> all = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int first = thread;
        all.add(
            () -> {
              for (int i = 0; i < 12; i++) {
                work.call(first + i * THREADS);
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(all)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private interface Numbered {
    Void call(int number);
  }

  @Test
  void aReusedBufferIsFilledAtItsPosition() {
    try (MicroBatcher batcher = batcher(model, 8)) {
      FloatBuffer into = FloatBuffer.allocate(3 * EACH);
      batcher.sample(1, 1, into);
      batcher.sample(2, 2, into);
      assertEquals(3 * EACH, into.position());
      assertEquals(model.sample(2, 2).values()[300], into.get(EACH + 300), ROUNDING);
    }
  }

  @Test
  void aRequestThatCannotBeIsRefusedAtOnce() {
    try (MicroBatcher batcher = batcher(conditional, 4)) {
      assertRefused(
          "expected at most 4 images a request, found 5\n"
              + "Ask the model itself, or give the batcher a higher limit.",
          () -> batcher.sample(1, 5));
      assertRefused("expected 1 to 8388607 samples, found 0", () -> batcher.sample(1, 0));
      assertRefused(
          "expected labels from 0 to 9, found 11", () -> batcher.sample(1, new int[] {11}));
      assertRefused(
          "expected room for 512 floats, found 256",
          () -> batcher.sample(1, 2, FloatBuffer.allocate(EACH)));
    }
  }

  @Test
  void requestsAreFedOneBehindTheOther() {
    var one = new BatchRequest(new float[] {1, 2}, new int[] {3}, 1, values -> {});
    var two = new BatchRequest(new float[] {4, 5, 6, 7}, new int[] {8, 9}, 2, values -> {});
    var joined = BatchRequest.joined(List.of(one, two));
    assertArrayEquals(new float[] {1, 2, 4, 5, 6, 7}, joined.z());
    assertArrayEquals(new int[] {3, 8, 9}, joined.labels());
    var bare = new BatchRequest(new float[] {1, 2}, new int[0], 1, values -> {});
    assertArrayEquals(new int[0], BatchRequest.joined(List.of(bare, bare)).labels());
  }

  /** Its reader throws in the middle of a batch of four. */
  @Test
  void aRequestThatFailsFailsAlone() {
    BatchQueue queue = new BatchQueue(BatchLimits.DEFAULT);
    List<BatchRequest> batch = new ArrayList<>();
    float[][] found = new float[4][EACH];
    for (int i = 0; i < 4; i++) {
      int number = i;
      batch.add(
          new BatchRequest(
              model.latents(i, 1, GeneratorModel.UNTRUNCATED),
              new int[0],
              1,
              values -> {
                if (number == 1) {
                  throw new ModelException("broken");
                }
                values.get(found[number]);
              }));
      queue.admit();
      queue.add(batch.get(i));
    }
    queue.close();
    MicroBatcher.serve(model, queue);
    assertRefused("broken", batch.get(1)::await);
    for (int i : new int[] {0, 2, 3}) {
      batch.get(i).await();
      assertArrayEquals(model.sample(i, 1).values(), found[i], ROUNDING);
    }
  }

  /** The last one has a broken latent vector: the run that all four are in cannot be made. */
  @Test
  void aRunThatFailsIsMadeAgainForEachAlone() {
    BatchQueue queue = new BatchQueue(BatchLimits.DEFAULT);
    List<BatchRequest> batch = new ArrayList<>();
    float[][] found = new float[4][EACH];
    for (int i = 0; i < 4; i++) {
      int number = i;
      float[] latent = model.latents(i, 1, GeneratorModel.UNTRUNCATED);
      float[] z = Arrays.copyOf(latent, i == 3 ? 4 : 5);
      batch.add(new BatchRequest(z, new int[0], 1, values -> values.get(found[number])));
      queue.admit();
      queue.add(batch.get(i));
    }
    queue.close();
    MicroBatcher.serve(model, queue);
    assertThrows(RuntimeException.class, batch.get(3)::await);
    for (int i = 0; i < 3; i++) {
      batch.get(i).await();
      assertArrayEquals(model.sample(i, 1).values(), found[i], ROUNDING);
    }
  }

  @Test
  void closingCompletesWhatWasAskedBefore() throws Exception {
    MicroBatcher batcher = batcher(model, 4);
    CountDownLatch asking = new CountDownLatch(THREADS);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<float[]>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int seed = i;
        all.add(
            threads.submit(
                () -> {
                  asking.countDown();
                  return batcher.sample(seed, 1).values();
                }));
      }
      asking.await();
      batcher.close();
      batcher.close();
      for (int i = 0; i < THREADS; i++) {
        assertCompletedOrRefused(model.sample(i, 1).values(), all.get(i));
      }
    } finally {
      threads.shutdown();
    }
    assertRefused("this batcher is closed", () -> batcher.sample(1, 1));
  }

  private static void assertCompletedOrRefused(float[] expected, Future<float[]> asked)
      throws InterruptedException {
    try {
      assertArrayEquals(expected, asked.get(), ROUNDING);
    } catch (ExecutionException e) {
      assertEquals("this batcher is closed", e.getCause().getMessage());
    }
  }

  @Test
  void aModelThatIsClosedUnderItIsTold() {
    GeneratorModel closed = GeneratorModel.load(folder, SessionOptions.CPU);
    try (MicroBatcher batcher = batcher(closed, 4)) {
      batcher.sample(1, 1);
      closed.close();
      var e = assertThrows(ModelException.class, () -> batcher.sample(1, 1));
      assertEquals("this model is closed", e.getMessage());
    }
  }

  @Test
  void anInterruptedThreadGetsItsImagesAndStaysInterrupted() {
    try (MicroBatcher batcher = batcher(model, 4)) {
      Thread.currentThread().interrupt();
      float[] found = batcher.sample(5, 1).values();
      assertTrue(Thread.interrupted());
      assertArrayEquals(model.sample(5, 1).values(), found, ROUNDING);
    }
  }

  private static MicroBatcher batcher(GeneratorModel model, int images) {
    return new MicroBatcher(model, new BatchLimits(images, Duration.ofMillis(2), 1000));
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(ModelException.class, call).getMessage());
  }
}
