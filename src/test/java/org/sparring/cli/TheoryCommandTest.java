package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.sparring.cli.Console.Result;
import org.sparring.console.ExitCode;
import org.sparring.console.Shell;
import org.sparring.console.Spelling;
import org.sparring.theory.Row;
import org.sparring.theory.Statement;

class TheoryCommandTest {
  private static final Statement RIGHT = new Fixed("right", 1, 1.0001);
  private static final Statement WRONG = new Fixed("wrong", 2, 1.0001);

  /** One row with these numbers. */
  private record Fixed(String name, double predicted, double measured) implements Statement {
    @Override
    public String title() {
      return "a number";
    }

    @Override
    public void check(long seed, Consumer<Row> rows) {
      rows.accept(new Row(name + "/number", "η = 1", "a paper", predicted, measured, 0.001));
    }
  }

  @Test
  void aRowThatHoldsStandsInAlignedColumnsAndTheCommandIsDone() {
    Result result = run(List.of(RIGHT));
    assertEquals(ExitCode.DONE, result.code(), result.err());
    List<String> lines = result.outLines();
    int end = lines.get(0).indexOf("predicted") + "predicted".length();
    assertEquals("right: a number", lines.get(2));
    assertEquals("1.00000", lines.get(3).substring(end - 7, end));
    assertTrue(lines.get(3).endsWith(" yes"), lines.get(3));
    assertTrue(result.lastLine().matches("1 of 1 hold \\(\\d+\\.\\d s\\)"), result.lastLine());
  }

  @Test
  void aPredictionThatIsWrongEndsWithItsOwnCode() {
    Result result = run(List.of(RIGHT, WRONG));
    assertEquals(ExitCode.REFUTED, result.code(), result.err());
    assertTrue(result.lastLine().startsWith("1 of 2 hold"), result.lastLine());
    assertTrue(result.out().contains(" NO\n"), result.out());
  }

  @Test
  void theLastLineOfJsonHoldsEveryRow() throws IOException {
    JsonNode line = json(run(List.of(RIGHT, WRONG), "--json"));
    assertFalse(line.get("holds").asBoolean(true));
    assertTrue(line.get("seconds").isNumber());
    assertEquals(2, line.get("statements").size());
    JsonNode row = line.get("statements").get(1);
    assertEquals("wrong/number", row.get("name").asText());
    assertEquals("η = 1", row.get("statement").asText());
    assertEquals("a paper", row.get("source").asText());
    assertEquals(2, row.get("predicted").asDouble());
    assertEquals(1.0001, row.get("measured").asDouble());
    assertEquals(0.001, row.get("tolerance").asDouble());
    assertFalse(row.get("holds").asBoolean(true));
    assertTrue(row.get("seconds").isNumber());
    assertTrue(json(run(List.of(RIGHT), "--json")).get("holds").asBoolean());
  }

  @Test
  void whatIsNoNumberIsNullInJsonAndDoesNotHold() throws IOException {
    Result result = run(List.of(new Fixed("broken", 1, Double.NaN)), "--json");
    assertEquals(ExitCode.REFUTED, result.code());
    assertTrue(json(result).get("statements").get(0).get("measured").isNull());
  }

  @Test
  void onlySomeCanBeAskedFor() {
    assertEquals(ExitCode.DONE, run(List.of(RIGHT, WRONG), "--only", "right").code());
  }

  @Test
  void anUnknownNameIsRefusedWithTheNearest() {
    String message = Console.run("theory", "--only", "bilinear,saturatoin").refusal(ExitCode.USAGE);
    assertTrue(message.contains("did you mean 'saturation'?"), message);
  }

  @Test
  void theRealTableFitsIntoAHundredColumns() {
    Result result = Console.run("theory", "--only", "bilinear,dirac", "--seed", "3");
    assertEquals(ExitCode.DONE, result.code(), result.out() + result.err());
    for (String line : result.outLines()) {
      assertTrue(line.length() <= 100, line);
      assertTrue(line.isEmpty() || line.indexOf(" yes") < 0 || line.endsWith("  yes"), line);
    }
  }

  @Test
  void signsAreSpeltOutWhereTheConsoleHasNone() {
    String equation = "|1 − α| = √(1 + ½·η²)";
    assertEquals(equation, Spelling.of(StandardCharsets.UTF_8).of(equation));
    assertEquals(
        "|1 - alpha| = sqrt(1 + 0.5*eta^2)", Spelling.of(StandardCharsets.US_ASCII).of(equation));
    assertEquals("Frechet, 28x28", Spelling.of(StandardCharsets.US_ASCII).of("Fréchet, 28×28"));
  }

  private static JsonNode json(Result result) throws IOException {
    String last = result.lastLine();
    assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(last), last);
    return new ObjectMapper().readTree(last);
  }

  private static Result run(List<Statement> statements, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new Shell(new PrintWriter(out), new PrintWriter(err))
            .run(new TheoryCommand(() -> statements), arguments);
    return new Result(code, out.toString(), err.toString());
  }
}
