package org.sparring.telemetry;

import java.io.Console;
import java.util.Map;

/** Detects whether this process runs on an interactive terminal. */
final class Terminal {
  private Terminal() {}

  static boolean isWatched() {
    return isWatched(hasConsole() || Boolean.getBoolean(ProgressDisplay.WATCHED), System.getenv());
  }

  /**
   * Returns whether the terminal is interactive. Build machines often have a terminal that nobody
   * watches; they set the variable CI.
   */
  static boolean isWatched(boolean console, Map<String, String> environment) {
    boolean buildMachine = isTrue(environment.getOrDefault("CI", ""));
    boolean dumb = "dumb".equals(environment.get("TERM"));
    return console && !buildMachine && !dumb;
  }

  private static boolean isTrue(String value) {
    return !value.isEmpty() && !value.equals("false") && !value.equals("0");
  }

  @SuppressWarnings("SystemConsoleNull") // newer versions of Java are handled by isTerminal
  private static boolean hasConsole() {
    Console console = System.console();
    return console != null && isTerminal(console);
  }

  /**
   * Returns whether a console is a terminal. Since Java 22 a console can exist without a terminal;
   * the method isTerminal, added in that version, reports which it is.
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
