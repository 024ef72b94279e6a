package org.sparring.console;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparring.errors.EditDistance;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a command: parses the arguments, calls the command, and turns exceptions into a short
 * message and an exit code.
 */
public final class Shell {
  static final String VERBOSE = "--verbose";

  /** The launcher's option, which is not passed to commands. */
  private static final String GPU = "--gpu";

  private final PrintWriter out;
  private final PrintWriter err;

  public Shell(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command of this process, then ends the process. */
  public static void exit(Object command, String... arguments) {
    Charset charset = Charset.defaultCharset();
    PrintWriter out = new PrintWriter(System.out, true, charset);
    PrintWriter err = new PrintWriter(System.err, true, charset);
    System.exit(new Shell(out, err).run(command, arguments));
  }

  /** Runs the command and returns its exit code. */
  public int run(Object command, String... arguments) {
    boolean verbose = Arrays.asList(arguments).contains(VERBOSE);
    if (verbose) {
      // before the first logger is made; the launcher sets the same property
      System.setProperty("sparring.log.level", "INFO");
    }
    Failures failures = new Failures(err, verbose);
    try {
      int code = commandLine(command, failures, arguments).execute(arguments);
      return code == ExitCode.DONE && out.checkError() ? unheard() : code;
    } catch (Error e) {
      // picocli hands exceptions to the handler and lets errors through
      return failures.report(e);
    }
  }

  /**
   * Reports that standard output could not be written: the disk is full, or the reader of a pipe
   * has ended.
   */
  private int unheard() {
    err.println("sparring: cannot write to standard output; the command itself is done");
    return ExitCode.FAILED;
  }

  private static Path path(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("expected a path, found an empty text");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(Failures.unreadable(e).replace("\n", ". "));
    }
  }

  private CommandLine commandLine(Object command, Failures failures, String... arguments) {
    CommandLine line = new CommandLine(command);
    if (command instanceof CommandGroup group) {
      group.addTo(line, arguments);
    }
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Path.class, Shell::path)
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler((failure, of, parsed) -> failures.report(failure))
        .setParameterExceptionHandler((wrong, all) -> refuse(wrong));
  }

  /** Prints at most three lines: what is wrong, the nearest valid name, and the help command. */
  private static int refuse(ParameterException wrong) {
    CommandLine line = wrong.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    PrintWriter err = line.getErr();
    err.println(name + ": " + wrong.getMessage().lines().findFirst().orElse("wrong arguments"));
    hint(wrong, name).ifPresent(err::println);
    err.println("Try `" + name + " --help`.");
    return ExitCode.USAGE;
  }

  private static Optional<String> hint(ParameterException wrong, String name) {
    if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
      return Optional.empty();
    }
    if (unmatched.getUnmatched().contains(GPU)) {
      String command = name.contains(" ") ? name.substring(name.indexOf(' ') + 1) : "COMMAND";
      return Optional.of("It goes before the command: ./sparring --gpu " + command);
    }
    String word = unmatched.getUnmatched().get(0);
    List<String> known =
        word.startsWith("-")
            ? unmatched.getSuggestions()
            : List.copyOf(unmatched.getCommandLine().getSubcommands().keySet());
    return known.isEmpty() ? Optional.empty() : near(word, EditDistance.nearest(word, known));
  }

  /** Says the nearest word, unless less than half of it is what was written. */
  private static Optional<String> near(String word, String nearest) {
    boolean isFar = 2 * EditDistance.between(word, nearest) > nearest.length();
    return isFar ? Optional.empty() : Optional.of("Did you mean " + nearest + "?");
  }
}
