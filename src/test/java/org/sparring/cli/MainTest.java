package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sparring.console.Shell;
import picocli.CommandLine;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpGoesToStandardOutputAndIsNoFailure() {
    assertEquals(0, sparring("doctor", "--help"));
    assertTrue(out.toString().contains("Usage: sparring doctor"), out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void withoutACommandTheUsageGoesToStandardError() {
    assertEquals(2, sparring());
    assertTrue(err.toString().contains("doctor"), err.toString());
    assertTrue(err.toString().contains("130   interrupted"), err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void helpListsTheLaunchersOwnOption() {
    assertEquals(0, sparring("--help"));
    assertTrue(out.toString().contains("./sparring --gpu COMMAND"), out.toString());
  }

  @Test
  void theLaunchersOptionAfterTheCommandIsRefusedWithItsPlace() {
    assertEquals(2, sparring("train", "--gpu"));
    assertEquals(
        List.of(
            "sparring train: Unknown option: '--gpu'",
            "It goes before the command: ./sparring --gpu train",
            "Try `sparring train --help`."),
        err.toString().lines().toList());
  }

  @Test
  void aWrongOptionIsRefusedInThreeLinesWithTheNearestOne() {
    assertEquals(2, sparring("doctor", "--jsn"));
    assertEquals(
        List.of(
            "sparring doctor: Unknown option: '--jsn'",
            "Did you mean --json?",
            "Try `sparring doctor --help`."),
        err.toString().lines().toList());
  }

  @Test
  void aWrongCommandIsRefusedWithTheNearestOne() {
    assertEquals(2, sparring("docter"));
    assertEquals(
        List.of(
            "sparring: Unmatched argument at index 0: 'docter'",
            "Did you mean doctor?",
            "Try `sparring --help`."),
        err.toString().lines().toList());
  }

  @Test
  void theDoctorFindsThatTheCpuWorksHere() {
    assertEquals(0, sparring("doctor"));
    assertTrue(out.toString().contains("2 + 2 = 4"), out.toString());
    assertTrue(out.toString().contains("CPU:0"), out.toString());
    assertTrue(out.toString().endsWith("Training on the CPU works.\n"), out.toString());
  }

  @Test
  void theDoctorPrintsOneJsonObject() throws IOException {
    assertEquals(0, sparring("doctor", "--json"));
    JsonNode result = new ObjectMapper().readTree(out.toString());
    assertTrue(result.get("works").booleanValue());
    assertEquals(List.of("ok"), result.at("/findings").findValuesAsText("state").subList(0, 1));
    assertFalse(out.toString().strip().contains("\n"), out.toString());
  }

  /** Reading the options of all commands takes a tenth of a second. */
  @Test
  void onlyTheCommandThatIsCalledIsRead() {
    assertEquals(Set.of("doctor"), commands("doctor", "--json"));
    assertEquals(19, commands("docter").size(), "a suggestion needs all");
    assertEquals(19, commands().size());
  }

  private static Set<String> commands(String... arguments) {
    CommandLine line = new CommandLine(new Main());
    new Main().addTo(line, arguments);
    return line.getSubcommands().keySet();
  }

  private int sparring(String... arguments) {
    return new Shell(new PrintWriter(out), new PrintWriter(err)).run(new Main(), arguments);
  }
}
