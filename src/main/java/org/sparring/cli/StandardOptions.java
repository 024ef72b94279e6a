package org.sparring.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every command has, and where it answers. */
final class StandardOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @SuppressWarnings("unused") // picocli answers it
  @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
  private boolean help;

  /** Only declared here: {@link Shell} looks for it before anything is parsed. */
  @SuppressWarnings("unused")
  @Option(
      names = Shell.VERBOSE,
      description = "Tell more on the way, and where a failure came from.")
  private boolean verbose;

  /** Refuses a command line that does not say what is to be done. */
  void require(boolean holds, String rule) {
    if (!holds) {
      throw new ParameterException(command.commandLine(), rule);
    }
  }

  /** Refuses a number that an option cannot have, as wrong usage. */
  void requireAtLeast(String option, double found, int least) {
    if (!(found >= least)) {
      String number = found == Math.rint(found) ? String.valueOf((long) found) : found + "";
      throw new ParameterException(
          command.commandLine(), option + ": expected at least " + least + ", found " + number);
    }
  }

  /** Refuses a number that is more than an option's picture can hold, as wrong usage. */
  void requireAtMost(String option, long found, long most) {
    if (found > most) {
      throw new ParameterException(
          command.commandLine(),
          option + ": expected at most " + most + ", which one picture holds, found " + found);
    }
  }

  /** Standard output: what the command answers. */
  PrintWriter out() {
    return command.commandLine().getOut();
  }

  /** Standard error: what it says meanwhile. */
  PrintWriter err() {
    return command.commandLine().getErr();
  }
}
