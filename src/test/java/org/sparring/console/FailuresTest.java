package org.sparring.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparring.errors.ModelException;
import org.sparring.errors.RecipeException;
import org.sparring.errors.TelemetryException;
import org.sparring.errors.WorkerLostException;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class FailuresTest {
  private final StringWriter err = new StringWriter();

  @AfterEach
  void forgetTheLogLevel() {
    System.clearProperty("sparring.log.level");
  }

  @Test
  void aForeseenFailureSpeaksForItself() {
    assertEquals(1, fail(new TelemetryException("Cannot write x. Check the disk.")));
    assertEquals("sparring: Cannot write x. Check the disk.\n", err.toString());
  }

  @Test
  void aForeseenFailureIsFoundBelowWhatAWorkerThreadWrapsItIn() {
    fail(new CompletionException(new IllegalStateException(new TelemetryException("below"))));
    assertEquals("sparring: below\n", err.toString());
  }

  @Test
  void anUnforeseenFailureIsNamedAndSaysHowToSeeTheRest() {
    assertEquals(1, fail(new IllegalStateException("no such\nthing")));
    assertEquals(
        """
        sparring: unexpected IllegalStateException: no such
        Run it again with --verbose to see where it came from.
        """,
        err.toString());
  }

  @Test
  void aFailureWithoutAMessageIsStillToldInWords() {
    fail(new NullPointerException());
    assertTrue(
        err.toString().startsWith("sparring: unexpected NullPointerException: no message\n"),
        err.toString());
  }

  @Test
  void aMessageOfManyLinesIsCutToThree() {
    fail(new TelemetryException("1\n2\n3\n4\n5"));
    assertEquals("sparring: 1\n2\n3\n", err.toString());
  }

  @Test
  void verboseShowsWhereItCameFrom() {
    assertEquals(1, fail(new IllegalStateException("deep"), "--verbose"));
    assertTrue(err.toString().contains("at org.sparring.console.FailuresTest"), err.toString());
  }

  @Test
  void anInterruptionHasTheCodeTheShellCountsFor() {
    assertEquals(130, fail(new InterruptedException()));
    assertEquals("sparring: interrupted\n", err.toString());
  }

  @Test
  void aLostWorkerHasACodeWithWhichJobSystemsStartAWorkerAgain() {
    assertEquals(138, fail(new WorkerLostException("worker 1 (10.0.0.2:2222) was lost at step 7")));
    assertEquals("sparring: worker 1 (10.0.0.2:2222) was lost at step 7\n", err.toString());
  }

  @Test
  void aFullHeapSaysHowToGiveMore() {
    assertEquals(1, fail(new OutOfMemoryError("Java heap space")));
    assertEquals(
        "sparring: the Java heap is full (Java heap space). Give it more, as in"
            + " SPARRING_JAVA_OPTS=-Xmx8g.\n",
        err.toString());
  }

  @Test
  void aFullDeviceSaysWhatTakesLess() {
    Exception full = new TFResourceExhaustedException("OOM when allocating [64,9]\n\t[[node]]");
    assertEquals(1, fail(new ModelException("cannot load", full)));
    assertEquals(
        """
        sparring: out of memory: OOM when allocating [64,9]
        Use a lower batch, net.width or --n.
        """,
        err.toString());
  }

  @Test
  void ofSeveralErrorsTheOneThatNamesTheTensorIsReported() {
    fail(
        new TFResourceExhaustedException(
            "2 root error(s) found.\n  (0) RESOURCE_EXHAUSTED: OOM when allocating tensor with"
                + " shape[4096,32] on /job:localhost/replica:0/task:0/device:GPU:0 by bfc\n more"));
    assertTrue(
        err.toString()
            .startsWith(
                "sparring: out of memory: OOM when allocating tensor with shape[4096,32] on GPU:0 by"
                    + " bfc\n"),
        err.toString());
  }

  @Test
  void theDeviceOfAWorkerIsNamedAlike() {
    fail(
        new TFResourceExhaustedException(
            "From /job:worker/replica:0/task:1:\nOOM when allocating tensor with shape[4096,32] on"
                + " /job:worker/replica:0/task:1/device:GPU:0 by bfc"));
    assertTrue(err.toString().contains("shape[4096,32] on GPU:0 by bfc\n"), err.toString());
  }

  @Test
  void aBatchThatDidNotFitIsExplainedByTheExperiment() {
    Exception full = new TFResourceExhaustedException("OOM when allocating [64,9]");
    assertEquals(2, fail(new RecipeException("batch: 4096\nBatch 2048 should fit.", full)));
    assertEquals("sparring: batch: 4096\nBatch 2048 should fit.\n", err.toString());
  }

  @Test
  void aKernelWithoutLibdeviceSaysWhatToInstall() {
    assertEquals(1, fail(new IllegalStateException("JIT compilation failed. [[{{node Pow}}]]")));
    assertTrue(err.toString().contains("pip install nvidia-cuda-nvcc-cu12"), err.toString());
  }

  @Test
  void aChainOfCausesThatBitesItsTailEnds() {
    Exception first = new IllegalStateException("first");
    first.initCause(new IllegalStateException("second", first));
    assertEquals(1, fail(first));
  }

  /** A command that throws. */
  @Command(name = "failing")
  private static final class Failing implements Callable<Integer> {
    @SuppressWarnings("unused") // its options are picocli's
    @Mixin
    private StandardOptions standard;

    private final Throwable failure;

    Failing(Throwable failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() throws Exception {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    }
  }

  private int fail(Throwable failure, String... arguments) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return new Shell(nowhere, new PrintWriter(err)).run(new Failing(failure), arguments);
  }
}
