package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.sparring.console.Shell;

/** Commands run within the test's process, and their output. */
public final class Console {
  private Console() {}

  /** The exit code and the output of a command. */
  public record Result(int code, String out, String err) {

    List<String> outLines() {
      return out.lines().toList();
    }

    String lastLine() {
      return outLines().get(outLines().size() - 1);
    }

    /** A user's mistake: this code, nothing on standard output, few lines and no stack trace. */
    public String refusal(int expectedCode) {
      assertEquals(expectedCode, code, err);
      assertEquals("", out);
      String message = err.replaceFirst("training in .*\n", "");
      assertFalse(message.isBlank());
      assertTrue(message.lines().count() <= 3, message);
      assertFalse(message.contains("\tat ") || message.contains("Exception"), message);
      return message;
    }
  }

  public static Result run(List<String> arguments) {
    return run(arguments.toArray(String[]::new));
  }

  public static Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = new Shell(new PrintWriter(out), new PrintWriter(err)).run(new Main(), arguments);
    return new Result(code, out.toString(), err.toString());
  }

  /** The same with some arguments in a row and some in a list. */
  public static Result run(List<String> options, String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + options.size());
    for (int i = 0; i < options.size(); i++) {
      all[arguments.length + i] = options.get(i);
    }
    return run(all);
  }
}
