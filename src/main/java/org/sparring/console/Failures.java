package org.sparring.console;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sparring.errors.CheckpointException;
import org.sparring.errors.DataException;
import org.sparring.errors.DiskFault;
import org.sparring.errors.EvaluationException;
import org.sparring.errors.GraphException;
import org.sparring.errors.LossException;
import org.sparring.errors.MetricsException;
import org.sparring.errors.ModelException;
import org.sparring.errors.NetException;
import org.sparring.errors.OptimizerException;
import org.sparring.errors.RecipeException;
import org.sparring.errors.RegularizerException;
import org.sparring.errors.StorageException;
import org.sparring.errors.TelemetryException;
import org.sparring.errors.TheoryException;
import org.sparring.errors.TrainingException;
import org.sparring.natives.AllocationFailure;
import org.sparring.natives.KernelCompiler;
import org.sparring.training.DivergenceException;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * Says a failure in at most three lines, and its exit code. A failure that the engine foresaw says
 * for itself what to do; of any other the name stands here, and {@code --verbose} shows the rest.
 */
public final class Failures {
  private static final int MOST_LINES = 3;
  private static final int MOST_OF_A_REASON = 120;

  /** The exceptions that the engine throws on purpose; the first that fits counts. */
  private static final List<Known> KNOWN =
      List.of(
          new Known(RecipeException.class, ExitCode.USAGE),
          new Known(NetException.class, ExitCode.USAGE),
          new Known(LossException.class, ExitCode.USAGE),
          new Known(RegularizerException.class, ExitCode.USAGE),
          new Known(OptimizerException.class, ExitCode.USAGE),
          new Known(GraphException.class, ExitCode.USAGE),
          new Known(TheoryException.class, ExitCode.USAGE),
          new Known(DataException.class, ExitCode.DATA),
          new Known(DivergenceException.class, ExitCode.DIVERGED),
          new Known(TrainingException.class, ExitCode.USAGE),
          new Known(CheckpointException.class, ExitCode.UNREADABLE),
          new Known(ModelException.class, ExitCode.UNREADABLE),
          new Known(EvaluationException.class, ExitCode.USAGE),
          new Known(MetricsException.class, ExitCode.FAILED),
          new Known(TelemetryException.class, ExitCode.FAILED),
          new Known(InvalidPathException.class, ExitCode.USAGE),
          new Known(StorageException.class, ExitCode.FAILED),
          new Known(InterruptedException.class, ExitCode.INTERRUPTED));

  /** An exception whose message is written for the user. */
  private record Known(Class<? extends Throwable> type, int exitCode) {}

  private final PrintWriter err;
  private final boolean verbose;

  public Failures(PrintWriter err, boolean verbose) {
    this.err = err;
    this.verbose = verbose;
  }

  /** Prints the failure and gives the exit code. */
  public int tell(Throwable failure) {
    Optional<DiskFault> fault = DiskFault.in(failure);
    Throwable cause =
        cause(failure, thrown -> isTold(thrown) || fault.isEmpty() && isOutOfMemory(thrown))
            .or(() -> cause(failure, thrown -> known(thrown).isPresent()))
            .orElse(failure);
    Optional<Known> known = known(cause);
    if (verbose) {
      failure.printStackTrace(err);
    } else {
      String unforeseen = fault.map(f -> "sparring: " + f.words()).orElse("");
      String text =
          known.isEmpty() && fault.isPresent() ? unforeseen : sentence(cause, known.isPresent());
      text.lines().limit(MOST_LINES).forEach(err::println);
    }
    err.flush();
    return fault.isPresent() ? ExitCode.UNREADABLE : exitCode(cause, known);
  }

  private static int exitCode(Throwable cause, Optional<Known> known) {
    boolean refused =
        cause instanceof StorageException storage
            && storage.kind() == StorageException.Kind.REFUSED;
    return refused ? ExitCode.USAGE : known.map(Known::exitCode).orElse(ExitCode.FAILED);
  }

  /** Worker threads wrap what they throw: the reason is further down. */
  private static Optional<Throwable> cause(Throwable failure, Predicate<Throwable> wanted) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(20) // a chain may bite its own tail
        .filter(wanted)
        .findFirst();
  }

  private static Optional<Known> known(Throwable failure) {
    return KNOWN.stream().filter(known -> known.type().isInstance(failure)).findFirst();
  }

  private static String sentence(Throwable failure, boolean known) {
    if (failure instanceof InterruptedException) {
      return "sparring: interrupted";
    }
    if (failure instanceof InvalidPathException path) {
      return "sparring: " + unreadable(path);
    }
    if (!known && isOutOfMemory(failure)) {
      return outOfMemory(failure);
    }
    Optional<String> kernel = KernelCompiler.explained(failure);
    if (!known && kernel.isPresent()) {
      return "sparring: " + kernel.get() + ".\n" + KernelCompiler.ADVICE;
    }
    if (failure instanceof OutOfMemoryError) {
      return "sparring: the Java heap is full ("
          + failure.getMessage()
          + "). Give it more, as in SPARRING_JAVA_OPTS=-Xmx8g.";
    }
    return "sparring: " + (known ? failure.getMessage() : unexpected(failure));
  }

  /** An experiment knows more of the memory that its step lacked. */
  private static boolean isTold(Throwable thrown) {
    return thrown instanceof RecipeException
        && thrown.getCause() != null
        && isOutOfMemory(thrown.getCause());
  }

  private static boolean isOutOfMemory(Throwable thrown) {
    return thrown instanceof TFResourceExhaustedException
        || thrown instanceof TensorFlowException && AllocationFailure.line(thrown).isPresent();
  }

  /**
   * A path that this JVM has no bytes for, and what would help: its locale is ASCII most likely.
   */
  static String unreadable(InvalidPathException path) {
    String charset = System.getProperty("sun.jnu.encoding");
    return "expected a path whose characters are in "
        + charset
        + ", found '"
        + path.getInput()
        + "'\n"
        + (StandardCharsets.UTF_8.name().equals(charset)
            ? "Correct the path."
            : "Java takes its charset from the locale: set the environment variable"
                + " LC_ALL=C.UTF-8.");
  }

  /** TensorFlow's own words name a tensor and an operation, at length. */
  private static String outOfMemory(Throwable failure) {
    String reason = AllocationFailure.line(failure).orElseGet(() -> firstLine(failure));
    String told =
        reason.length() > MOST_OF_A_REASON ? reason.substring(0, MOST_OF_A_REASON) + "…" : reason;
    return "sparring: out of memory: " + told + "\nUse a lower batch, net.width or --n.";
  }

  private static String unexpected(Throwable failure) {
    return "unexpected "
        + failure.getClass().getSimpleName()
        + ": "
        + firstLine(failure)
        + "\nRun it again with --verbose to see where it came from.";
  }

  private static String firstLine(Throwable failure) {
    String message = Optional.ofNullable(failure.getMessage()).orElse("no message");
    return message.lines().findFirst().orElse("");
  }
}
