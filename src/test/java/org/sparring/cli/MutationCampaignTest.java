package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged files of every kind: each is read or refused in the engine's own words, in time, and the
 * process lives on.
 */
@DisabledOnOs(OS.WINDOWS)
class MutationCampaignTest {
  private static final int PART = 250;
  private static final long SEED = Long.getLong("sparring.seed", 20261129);

  @TempDir private Path folder;
  private Path seeds;
  private Path outcomes;
  private final List<String> faults = new ArrayList<>();

  @Test
  void aFewOfEachKindAreReadOrRefused() throws Exception {
    campaign(3, 3 * MutantKind.all().size());
  }

  /** {@code -Dsparring.mutants} gives the number of all kinds together. */
  @Tag("long")
  @Test
  void twentyThousandAreReadOrRefused() throws Exception {
    int each =
        1 + (Integer.getInteger("sparring.mutants", 20_000) - 1) / (MutantKind.all().size() - 2);
    campaign(each, PART);
  }

  private void campaign(int each, int part) throws Exception {
    System.out.println("mutants drawn from seed " + SEED);
    seeds = folder.resolve("seeds");
    outcomes = folder.resolve("outcomes");
    MutantSeeds.write(seeds);
    if (part >= each * MutantKind.all().size()) {
      together(each);
    } else {
      for (MutantKind kind : MutantKind.all()) {
        alone(kind.name(), kind.share(each), part);
      }
    }
    report(each);
    assertEquals(List.of(), faults);
  }

  /** All kinds in one process. */
  private void together(int each) throws Exception {
    List<String> arguments = new ArrayList<>();
    MutantKind.all()
        .forEach(kind -> arguments.addAll(List.of(kind.name(), "0", kind.share(each) + "")));
    int code = start(arguments);
    if (code != 0) {
      faults.add("exit code " + code + " at " + last());
    }
  }

  private void alone(String kind, int each, int part) throws Exception {
    for (int first = 0; first < each; ) {
      int count = Math.min(part, each - first);
      int code = start(List.of(kind, first + "", count + ""));
      if (code == 0) {
        first += count;
      } else {
        String[] last = last().split("\t", 3);
        faults.add((code == 3 ? "" : "exit code " + code + " at ") + last());
        Files.writeString(
            outcomes, code == 3 ? "" : "CRASH\n", java.nio.file.StandardOpenOption.APPEND);
        assertEquals(kind, last[0], "which mutant");
        first = Integer.parseInt(last[1]) + 1;
      }
    }
  }

  private int start(List<String> kinds) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.add("-Dsparring.kinds=" + System.getProperty("sparring.kinds", ""));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:ErrorFile=" + folder + "/crash-%p.log"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(MutantProcess.class.getName());
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    command.addAll(List.of(seeds + "", scratch + "", outcomes + "", SEED + ""));
    command.addAll(kinds);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
    Path printed = folder.resolve("printed");
    builder.redirectErrorStream(true).redirectOutput(printed.toFile());
    Process process = builder.start();
    assertTrue(process.waitFor(30, TimeUnit.MINUTES), "a part takes too long");
    if (process.exitValue() == 1) {
      throw new AssertionError("an undamaged file is not read: " + Files.readString(printed));
    }
    return process.exitValue();
  }

  private String last() throws IOException {
    List<String> lines = Files.readAllLines(outcomes);
    return lines.get(lines.size() - 1);
  }

  private void report(int each) throws IOException {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    for (String line : Files.readAllLines(outcomes)) {
      String[] parts = line.split("\t", 3);
      String outcome = parts[2].split(" ", 2)[0];
      counts.computeIfAbsent(parts[0], k -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
      boolean verified = parts[0].equals("model") && outcome.equals("read");
      if (outcome.equals("FOREIGN") || verified) {
        faults.add(line);
      }
    }
    System.out.println(each + " of each kind: " + counts);
    assertEquals(MutantKind.all().size(), counts.size(), "kinds");
  }
}
