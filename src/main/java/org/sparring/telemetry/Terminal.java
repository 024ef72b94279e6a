package org.sparring.telemetry;

import java.io.Console;
import java.util.Map;

/** Whether a person watches this process. */
final class Terminal {
  private Terminal() {}

  static boolean isWatched() {
    return isWatched(hasConsole(), System.getenv());
  }

  /** Build machines often have a terminal that nobody watches; they set the variable CI. */
  static boolean isWatched(boolean console, Map<String, String> environment) {
    boolean buildMachine = isTrue(environment.getOrDefault("CI", ""));
    boolean dumb = "dumb".equals(environment.get("TERM"));
    return console && !buildMachine && !dumb;
  }

  private static boolean isTrue(String value) {
    return !value.isEmpty() && !value.equals("false") && !value.equals("0");
  }

  @SuppressWarnings("SystemConsoleNull") // isTerminal looks at what newer Javas give
  private static boolean hasConsole() {
    Console console = System.console();
    return console != null && isTerminal(console);
  }

  /**
   * Since Java 22 a console can exist without a terminal; a method added then reports which it is.
   */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      // an older Java: a console is a terminal
      return true;
    }
  }
}
