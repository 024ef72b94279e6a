package org.sparring.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sparring.console.EvaluationTable;
import org.sparring.console.ExitCode;
import org.sparring.console.Shell;
import org.sparring.console.Spelling;
import org.sparring.console.StandardOptions;
import org.sparring.recipes.Zoo;
import org.sparring.recipes.Zoo.Entry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the models that come with Sparring. */
@Command(
    name = "zoo",
    description = "List the models that come with Sparring, and whether they are trained.")
public final class ZooCommand implements Callable<Integer> {
  private static final String LINE = "%-26s %-15s %-10s %-11s %9s %9s  %s";
  private static final double MEGABYTE = 1e6;

  private final Spelling spelling = Spelling.of(Charset.defaultCharset());

  @Mixin private StandardOptions standard;

  @Option(names = "--json", description = "print one line of JSON per model")
  private boolean json;

  public static void main(String[] arguments) {
    Shell.exit(new ZooCommand(), arguments);
  }

  @Override
  public Integer call() throws JsonProcessingException {
    List<Entry> entries = Zoo.entries();
    if (json) {
      for (Entry entry : entries) {
        standard.out().println(new ObjectMapper().writeValueAsString(facts(entry)));
      }
      return ExitCode.DONE;
    }
    standard.out().println(line("name", "data", "net", "labels", "weights", "fid", "what"));
    for (Entry entry : entries) {
      standard.out().println(line(entry));
    }
    standard
        .out()
        .println(
            "\nwith weights: ./sparring sample models/NAME --out samples.png"
                + "\n  of pictures: ./sparring upscale models/NAME --in small.png --out large.png"
                + "\nwithout:      ./sparring train NAME"
                + "\nThe protocol of each score is in the model's card: models/NAME/README.md");
    return ExitCode.DONE;
  }

  private static Map<String, Object> facts(Entry entry) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", entry.name());
    facts.put("title", entry.title());
    facts.put("data", entry.data());
    facts.put("net", entry.net());
    facts.put("labels", entry.labels());
    facts.put("weights_bytes", entry.weightsBytes());
    entry.frechetDistance().ifPresent(d -> facts.put("fid", d));
    return facts;
  }

  private String line(Entry entry) {
    return line(
        entry.name(),
        entry.data(),
        entry.net(),
        entry.labels(),
        entry.isTrained() ? format("%.1f MB", entry.weightsBytes() / MEGABYTE) : "-",
        entry.frechetDistance().map(EvaluationTable::number).orElse("-"),
        entry.title());
  }

  private String line(Object... cells) {
    return spelling.of(format(LINE, cells).stripTrailing());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
