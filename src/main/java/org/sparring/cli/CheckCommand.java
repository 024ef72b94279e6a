package org.sparring.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.sparring.console.ExitCode;
import org.sparring.console.Shell;
import org.sparring.console.StandardOptions;
import org.sparring.runfolders.RunCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a run folder or a model for damage. */
@Command(
    name = "check",
    description =
        "Compare the checkpoints and models in a folder with their checksums, and read all other"
            + " files.")
public final class CheckCommand implements Callable<Integer> {
  @Mixin private StandardOptions standard;

  @Parameters(paramLabel = "PATH", description = "a run folder or a SavedModel folder")
  private Path path;

  @Option(names = "--json", description = "one JSON array on standard output")
  private boolean json;

  public static void main(String[] arguments) {
    Shell.exit(new CheckCommand(), arguments);
  }

  @Override
  public Integer call() throws JsonProcessingException {
    List<RunCheck.Part> parts = RunCheck.of(path);
    if (json) {
      standard.out().println(new ObjectMapper().writeValueAsString(parts));
    } else {
      parts.forEach(this::print);
    }
    return parts.stream().allMatch(RunCheck.Part::isIntact) ? ExitCode.DONE : ExitCode.UNREADABLE;
  }

  private void print(RunCheck.Part part) {
    standard
        .out()
        .printf(
            "%-8s%-28s%s%n",
            part.isIntact() ? "ok" : "damaged",
            part.name(),
            part.isIntact() ? part.facts() : part.fault());
  }
}
