package org.sparring.console;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.sparring.telemetry.ImageGrid;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options and the output streams that all commands share. */
public final class StandardOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @SuppressWarnings("unused") // picocli handles this option
  @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
  private boolean help;

  /** {@link Shell} looks for this option before arguments are parsed. */
  @Option(
      names = Shell.VERBOSE,
      description = "Print more progress, and the stack trace of a failure.")
  private boolean verbose;

  /** Throws a usage error unless {@code holds}. */
  public void require(boolean holds, String rule) {
    if (!holds) {
      throw refusal(rule);
    }
  }

  /** Returns a usage error, to be thrown. */
  public ParameterException refusal(String rule) {
    return new ParameterException(command.commandLine(), rule);
  }

  /** Throws a usage error if an option's number is too small. */
  public void requireAtLeast(String option, double found, int least) {
    String number = found == Math.rint(found) ? String.valueOf((long) found) : found + "";
    require(found >= least, option + ": expected at least " + least + ", found " + number);
  }

  /** Throws a usage error if an option's number exceeds what one picture can show. */
  public void requireAtMost(String option, long found, long most) {
    require(
        found <= most,
        option + ": expected at most " + most + ", which one picture holds, found " + found);
  }

  /** Throws a usage error if a file name has the extension of another format than PNG. */
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

  /** Returns standard output, for the command's results. */
  public PrintWriter out() {
    return command.commandLine().getOut();
  }

  /** Returns standard error, for progress and notices. */
  public PrintWriter err() {
    return command.commandLine().getErr();
  }
}
