package org.sparring.natives;

import com.sun.jna.Function;
import org.apache.logging.log4j.LogManager;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

/**
 * Keeps TensorFlow's own messages out of the console. Most of TensorFlow heeds the environment
 * variable {@code TF_CPP_MIN_LOG_LEVEL}. Its first session says two lines more, through a private
 * copy of Abseil that neither a variable nor a function reaches; so the first session of the
 * process is an empty one, with standard error closed while it speaks.
 */
final class NativeChatter {
  private static final String LEVEL_VARIABLE = "TF_CPP_MIN_LOG_LEVEL";
  private static final int STANDARD_ERROR = 2;
  private static final int WRITE_ONLY = 1;

  private NativeChatter() {}

  /**
   * Lets the first session speak to nobody, where the variable asks for quiet.
   *
   * @param options whose threads the whole process will have: TensorFlow makes them once, for the
   *     first session
   */
  static void heedLogLevel(SessionOptions options) {
    String level = System.getenv(LEVEL_VARIABLE);
    if (level == null || !level.matches("[1-9]")) {
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
      // chatter is no reason to stop
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
