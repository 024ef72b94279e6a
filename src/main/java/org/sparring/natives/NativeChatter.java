package org.sparring.natives;

import com.sun.jna.Function;
import org.apache.logging.log4j.LogManager;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

/**
 * Keeps TensorFlow's own messages off standard error, if the system property {@code sparring.quiet}
 * is {@code true}. Most of TensorFlow reads the environment variable {@code TF_CPP_MIN_LOG_LEVEL}.
 * The first session of a process prints two more lines through a private copy of Abseil, which
 * neither the variable nor a function controls. Therefore an empty session runs first, while
 * standard error of the whole process is redirected to {@code /dev/null}.
 */
final class NativeChatter {
  private static final String SWITCH = "sparring.quiet";
  private static final String LEVEL_VARIABLE = "TF_CPP_MIN_LOG_LEVEL";
  private static final String FATAL_ONLY = "3";
  private static final String EVERYTHING = "0";
  private static final int STANDARD_ERROR = 2;
  private static final int WRITE_ONLY = 1;

  private NativeChatter() {}

  /**
   * Returns whether to silence TensorFlow: if silence is requested and the user has not set a more
   * verbose log level.
   */
  static boolean isUnwanted() {
    return Boolean.getBoolean(SWITCH) && !EVERYTHING.equals(System.getenv(LEVEL_VARIABLE));
  }

  /** Sets the level that TensorFlow reads when it is loaded, unless the user has set one. */
  static void lowerLevel() {
    if (isUnwanted() && System.getenv(LEVEL_VARIABLE) == null) {
      Environment.set(LEVEL_VARIABLE, FATAL_ONLY);
    }
  }

  /**
   * Runs an empty first session with standard error redirected, if TensorFlow is to be silent.
   *
   * @param options options of the first session; its thread counts apply to the whole process,
   *     because TensorFlow creates its threads once
   */
  static void muteFirstSession(SessionOptions options) {
    if (!isUnwanted()) {
      return;
    }
    try {
      int standardError = libc("dup", STANDARD_ERROR);
      int nowhere = libc("open", "/dev/null", WRITE_ONLY);
      libc("dup2", nowhere, STANDARD_ERROR);
      try {
        firstSession(options);
      } finally {
        libc("dup2", standardError, STANDARD_ERROR);
        libc("close", standardError);
        libc("close", nowhere);
      }
    } catch (UnsatisfiedLinkError | RuntimeException e) {
      // unwanted messages are no reason to stop
      LogManager.getLogger(NativeChatter.class)
          .info("cannot quieten TensorFlow's first session: {}", e.toString());
    }
  }

  private static void firstSession(SessionOptions options) {
    try (Graph graph = new Graph();
        Session session = new Session(graph, options.on("cpu").config())) {
      session.run(Ops.create(graph).noOp());
    }
  }

  private static int libc(String function, Object... arguments) {
    return Function.getFunction("c", function).invokeInt(arguments);
  }
}
