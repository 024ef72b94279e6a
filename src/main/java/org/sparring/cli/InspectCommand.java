package org.sparring.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sparring.console.ModelOptions;
import org.sparring.console.Shell;
import org.sparring.console.StandardOptions;
import org.sparring.runfolders.Inspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints facts about a run, a checkpoint or a model. */
@Command(name = "inspect", description = "Describe a run folder, a checkpoint or a SavedModel.")
public final class InspectCommand implements Callable<Integer> {
  @Mixin private StandardOptions standard;

  @Mixin private ModelOptions models;

  @Parameters(paramLabel = "PATH", description = "a run, checkpoint or SavedModel folder")
  private Path path;

  @Option(names = "--json", description = "one JSON object on standard output")
  private boolean json;

  public static void main(String[] arguments) {
    Shell.exit(new InspectCommand(), arguments);
  }

  @Override
  public Integer call() throws JsonProcessingException {
    Map<String, Object> facts = Inspection.of(path, models.policy());
    ObjectMapper mapper = new ObjectMapper();
    if (json) {
      standard.out().println(mapper.writeValueAsString(facts));
    } else {
      JsonNode tree = mapper.valueToTree(facts);
      tree.properties().forEach(e -> print(e.getKey(), e.getValue()));
    }
    return 0;
  }

  private void print(String key, JsonNode value) {
    standard.out().printf("%-18s%s%n", key, value.isTextual() ? value.asText() : value);
  }
}
