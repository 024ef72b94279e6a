package org.sparring.console;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.sparring.telemetry.ImageGrid;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every command has, and where it answers. */
public final class StandardOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @SuppressWarnings("unused") // picocli answers it
  @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
  private boolean help;

  /** {@link Shell} looks for it before anything is parsed. */
  @Option(
      names = Shell.VERBOSE,
      description = "Print more progress, and the stack trace of a failure.")
  private boolean verbose;

  /** Refuses what an option cannot be, as wrong usage. */
  public void require(boolean holds, String rule) {
    if (!holds) {
      throw refusal(rule);
    }
  }

  /** Wrong usage, to be thrown. */
  public ParameterException refusal(String rule) {
    return new ParameterException(command.commandLine(), rule);
  }

  /** Refuses a number that an option cannot have, as wrong usage. */
  public void requireAtLeast(String option, double found, int least) {
    String number = found == Math.rint(found) ? String.valueOf((long) found) : found + "";
    require(found >= least, option + ": expected at least " + least + ", found " + number);
  }

  /** Refuses a number that is more than an option's picture can hold, as wrong usage. */
  public void requireAtMost(String option, long found, long most) {
    require(
        found <= most,
        option + ": expected at most " + most + ", which one picture holds, found " + found);
  }

  /** Refuses a name of another format than the one that is written, as wrong usage. */
  public void requirePng(String option, Path file) {
    require(
        ImageGrid.writes(file),
        option
            + ": expected a name that ends in .png, the format that is written, found "
            + file.getFileName());
  }

  /** Returns whether to print more progress, and the stack trace of a failure. */
  public boolean verbose() {
    return verbose;
  }

  /** Standard output: what the command answers. */
  public PrintWriter out() {
    return command.commandLine().getOut();
  }

  /** Standard error: what it says meanwhile. */
  public PrintWriter err() {
    return command.commandLine().getErr();
  }
}
