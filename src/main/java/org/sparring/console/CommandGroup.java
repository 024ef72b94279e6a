package org.sparring.console;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * A command whose subcommands are read only when they are needed. Reading the options of all
 * subcommands takes a tenth of a second, so {@link Shell} reads only the one that is called.
 */
public interface CommandGroup {
  /** Returns the classes of the subcommands, in the order of the help text. */
  List<Class<?>> commands();

  /**
   * Adds the subcommand that the first argument names, or all subcommands if it names none: help
   * texts and suggestions need all of them.
   */
  default void addTo(CommandLine line, String... arguments) {
    List<Class<?>> called =
        commands().stream()
            .filter(c -> arguments.length > 0 && name(c).equals(arguments[0]))
            .toList();
    (called.isEmpty() ? commands() : called).forEach(line::addSubcommand);
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }
}
