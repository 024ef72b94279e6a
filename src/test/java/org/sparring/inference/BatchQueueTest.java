package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sparring.errors.ErrorKind;
import org.sparring.errors.ModelException;

@Timeout(60)
class BatchQueueTest {
  private static final Duration AN_HOUR = Duration.ofHours(1);

  @Test
  void requestsAreTakenInTheirOrderUntilABatchIsFull() {
    BatchQueue queue = new BatchQueue(new BatchLimits(4, Duration.ZERO, 100));
    for (int count : new int[] {1, 2, 3, 1, 4}) {
      ask(queue, count);
    }
    assertEquals(List.of(1, 2), counts(queue.next()));
    assertEquals(List.of(3, 1), counts(queue.next()));
    assertEquals(List.of(4), counts(queue.next()));
  }

  @Test
  void oneThatIsAloneDoesNotWait() {
    BatchQueue queue = new BatchQueue(new BatchLimits(4, AN_HOUR, 100));
    ask(queue, 1);
    assertEquals(List.of(1), counts(queue.next()));
  }

  /** The bound of time is an hour: the test would not end. */
  @Test
  void whereTwoCameTogetherTheSecondIsWaitedFor() throws Exception {
    BatchQueue queue = new BatchQueue(new BatchLimits(4, AN_HOUR, 100));
    ask(queue, 1);
    ask(queue, 1);
    assertEquals(List.of(1, 1), counts(queue.next()));
    ask(queue, 1);
    CompletableFuture<List<BatchRequest>> next = CompletableFuture.supplyAsync(queue::next);
    assertThrows(
        java.util.concurrent.TimeoutException.class, () -> next.get(50, TimeUnit.MILLISECONDS));
    ask(queue, 2);
    assertEquals(List.of(1, 2), counts(next.get()));
  }

  @Test
  void itIsNotWaitedForLongerThanAllowed() {
    BatchQueue queue = new BatchQueue(new BatchLimits(4, Duration.ofMillis(20), 100));
    ask(queue, 1);
    ask(queue, 1);
    queue.next();
    ask(queue, 1);
    long start = System.nanoTime();
    assertEquals(List.of(1), counts(queue.next()));
    assertTrue(System.nanoTime() - start >= 20_000_000 - 1_000_000);
    ask(queue, 1);
    assertEquals(List.of(1), counts(queue.next()), "alone last time: alone now");
  }

  @Test
  void aFullBatchIsNotWaitedWith() {
    BatchQueue queue = new BatchQueue(new BatchLimits(3, AN_HOUR, 100));
    for (int i = 0; i < 3; i++) {
      ask(queue, 1);
    }
    queue.next();
    ask(queue, 3);
    assertEquals(List.of(3), counts(queue.next()));
  }

  @Test
  void oneMoreThanMayWaitIsRefused() {
    BatchQueue queue = new BatchQueue(new BatchLimits(4, Duration.ZERO, 2));
    ask(queue, 1);
    ask(queue, 1);
    var e = assertThrows(ModelException.class, () -> ask(queue, 1));
    assertEquals(
        "expected at most 2 waiting requests, found one more\n"
            + "Ask again later, or from fewer threads.",
        e.getMessage());
    assertEquals(ErrorKind.BUSY, e.kind());
    assertEquals(0, e.getStackTrace().length);
    queue.next();
    ask(queue, 1);
  }

  @Test
  void whatWaitsWhenItClosesIsHandedOutAndNothingComesAfter() {
    BatchQueue queue = new BatchQueue(new BatchLimits(2, AN_HOUR, 100));
    for (int i = 0; i < 3; i++) {
      ask(queue, 1);
    }
    queue.close();
    assertEquals(List.of(1, 1), counts(queue.next()));
    assertEquals(List.of(1), counts(queue.next()));
    assertEquals(List.of(), counts(queue.next()));
    var e = assertThrows(ModelException.class, () -> ask(queue, 1));
    assertEquals(ErrorKind.CLOSED, e.kind());
  }

  @Test
  void aPlaceIsTakenFromAdmissionOn() {
    BatchQueue queue = new BatchQueue(new BatchLimits(4, Duration.ZERO, 2));
    queue.admit();
    ask(queue, 1);
    assertEquals(ErrorKind.BUSY, assertThrows(ModelException.class, queue::admit).kind());
    queue.leave();
    queue.admit();
  }

  @Test
  void aRequestThatIsPreparedWhileTheQueueClosesIsStillHandedOut() throws Exception {
    BatchQueue queue = new BatchQueue(BatchLimits.DEFAULT);
    queue.admit();
    queue.admit();
    queue.close();
    CompletableFuture<List<BatchRequest>> next = CompletableFuture.supplyAsync(queue::next);
    assertThrows(
        java.util.concurrent.TimeoutException.class, () -> next.get(50, TimeUnit.MILLISECONDS));
    queue.add(request(3));
    assertEquals(List.of(3), counts(next.get()));
    CompletableFuture<List<BatchRequest>> last = CompletableFuture.supplyAsync(queue::next);
    queue.leave();
    assertEquals(List.of(), counts(last.get()));
  }

  @Test
  void whereNoMoreAreTakenAnAdmittedRequestIsRefused() {
    BatchQueue queue = new BatchQueue(BatchLimits.DEFAULT);
    queue.admit();
    queue.refuseAll();
    var e = assertThrows(ModelException.class, () -> queue.add(request(1)));
    assertEquals(ErrorKind.CLOSED, e.kind());
  }

  @Test
  void closingEndsTheWaitForTheFirst() throws Exception {
    BatchQueue queue = new BatchQueue(BatchLimits.DEFAULT);
    CompletableFuture<List<BatchRequest>> next = CompletableFuture.supplyAsync(queue::next);
    queue.close();
    assertEquals(List.of(), next.get());
  }

  @Test
  void limitsThatMeanNothingAreRefused() {
    assertRefused("images must be 1 to 65536, found 0", 0, Duration.ZERO, 1);
    assertRefused("images must be 1 to 65536, found 65537", 65_537, Duration.ZERO, 1);
    assertRefused("patience must be 0 to 86400 seconds, found PT-1S", 1, Duration.ofSeconds(-1), 1);
    assertRefused("waiting must be at least 1, found 0", 1, Duration.ZERO, 0);
    assertRefused(
        "patience must be 0 to 86400 seconds, found PT24H1S", 1, Duration.ofSeconds(86_401), 1);
    // in nanoseconds it is no long: the batcher's thread would end with the first request
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
    assertRefused("patience must be 0 to 86400 seconds, found " + longest, 1, longest, 1);
  }

  private static void assertRefused(String message, int images, Duration patience, int waiting) {
    var e = assertThrows(ModelException.class, () -> new BatchLimits(images, patience, waiting));
    assertEquals(message, e.getMessage());
  }

  private static void ask(BatchQueue queue, int count) {
    queue.admit();
    queue.add(request(count));
  }

  private static BatchRequest request(int count) {
    return new BatchRequest(new float[count], new int[0], count, values -> {});
  }

  private static List<Integer> counts(List<BatchRequest> batch) {
    return batch.stream().map(BatchRequest::count).toList();
  }
}
