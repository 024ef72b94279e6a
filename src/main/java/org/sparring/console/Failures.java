package org.sparring.console;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sparring.errors.DiskFault;
import org.sparring.errors.RecipeException;
import org.sparring.errors.SparringException;
import org.sparring.natives.AllocationFailure;
import org.sparring.natives.KernelCompiler;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * Prints a failure in at most three lines and determines its exit code. For exceptions of Sparring
 * the message says what to do. Any other exception is printed with its name; {@code --verbose}
 * shows its stack trace.
 */
public final class Failures {
  private static final int MOST_LINES = 3;
  private static final int MOST_OF_A_REASON = 120;

  private final PrintWriter err;
  private final boolean verbose;

  public Failures(PrintWriter err, boolean verbose) {
    this.err = err;
    this.verbose = verbose;
  }

  /** Prints the failure and returns the exit code. */
  public int report(Throwable failure) {
    Optional<DiskFault> fault = DiskFault.in(failure);
    Throwable cause =
        cause(failure, thrown -> isExplained(thrown) || fault.isEmpty() && isOutOfMemory(thrown))
            .or(() -> cause(failure, Failures::isForeseen))
            .orElse(failure);
    if (verbose) {
      failure.printStackTrace(err);
    } else {
      String unforeseen = fault.map(f -> "sparring: " + f.words()).orElse("");
      String text = !isForeseen(cause) && fault.isPresent() ? unforeseen : sentence(cause);
      text.lines().limit(MOST_LINES).forEach(err::println);
    }
    err.flush();
    return fault.isPresent() ? ExitCode.UNREADABLE : exitCode(cause);
  }

  private static int exitCode(Throwable cause) {
    if (cause instanceof SparringException foreseen) {
      return ExitCode.of(foreseen.kind());
    }
    if (cause instanceof InvalidPathException) {
      return ExitCode.USAGE;
    }
    return cause instanceof InterruptedException ? ExitCode.INTERRUPTED : ExitCode.FAILED;
  }

  /** Finds a cause. Worker threads wrap exceptions, so the reason may be further down the chain. */
  private static Optional<Throwable> cause(Throwable failure, Predicate<Throwable> wanted) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(20) // a chain of causes may contain itself
        .filter(wanted)
        .findFirst();
  }

  private static boolean isForeseen(Throwable failure) {
    return failure instanceof SparringException
        || failure instanceof InvalidPathException
        || failure instanceof InterruptedException;
  }

  private static String sentence(Throwable failure) {
    if (failure instanceof SparringException foreseen) {
      return "sparring: " + CommandAdvice.message(foreseen);
    }
    if (failure instanceof InterruptedException) {
      return "sparring: interrupted";
    }
    if (failure instanceof InvalidPathException path) {
      return "sparring: " + unreadable(path);
    }
    if (isOutOfMemory(failure)) {
      return outOfMemory(failure);
    }
    Optional<String> kernel = KernelCompiler.explained(failure);
    if (kernel.isPresent()) {
      return "sparring: " + kernel.get() + ".\n" + KernelCompiler.ADVICE;
    }
    if (failure instanceof OutOfMemoryError) {
      return "sparring: the Java heap is full ("
          + failure.getMessage()
          + "). Give it more, as in SPARRING_JAVA_OPTS=-Xmx8g.";
    }
    return "sparring: " + unexpected(failure);
  }

  /**
   * Returns whether an exception already explains that a training step lacks memory, better than
   * TensorFlow's message does.
   */
  private static boolean isExplained(Throwable thrown) {
    return thrown instanceof RecipeException
        && thrown.getCause() != null
        && isOutOfMemory(thrown.getCause());
  }

  private static boolean isOutOfMemory(Throwable thrown) {
    return thrown instanceof TFResourceExhaustedException
        || thrown instanceof TensorFlowException && AllocationFailure.line(thrown).isPresent();
  }

  /**
   * Returns a message for a path that this JVM cannot encode, most likely because its locale is
   * ASCII.
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

  /** Returns a shortened message about a lack of memory; TensorFlow's own message is long. */
  private static String outOfMemory(Throwable failure) {
    String reason = AllocationFailure.line(failure).orElseGet(() -> firstLine(failure));
    String message =
        reason.length() > MOST_OF_A_REASON ? reason.substring(0, MOST_OF_A_REASON) + "…" : reason;
    return "sparring: out of memory: " + message + "\nUse a lower batch, net.width or --n.";
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
