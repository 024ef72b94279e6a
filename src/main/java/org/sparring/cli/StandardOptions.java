package org.sparring.cli;

import picocli.CommandLine.Option;

/** The options that every command has. */
final class StandardOptions {
  @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
  private boolean help;

  /** Only declared here: {@link Shell} looks for it before anything is parsed. */
  @Option(
      names = Shell.VERBOSE,
      description = "Tell more on the way, and where a failure came from.")
  private boolean verbose;
}
