package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.cli.Console.Result;
import org.sparring.console.ExitCode;
import org.sparring.evaluation.Classifier;

class ClassifierCommandTest {
  @TempDir private Path folder;

  @Test
  void trainsWritesAndPrintsTheAccuracyOfTheWrittenModel() throws IOException {
    Path out = folder.resolve("model");
    Result result = run("glyphs:300", out, "--epochs", "1", "--json");
    assertEquals(0, result.code(), result.err());
    JsonNode facts = new ObjectMapper().readTree(result.lastLine());
    assertEquals(300, facts.get("test_images").asInt());
    assertEquals(1, facts.get("epochs").asInt());
    assertEquals("digits", facts.get("augmentation").asText());
    double accuracy = facts.get("test_accuracy").asDouble();
    assertTrue(accuracy >= 0 && accuracy <= 1, facts.toString());
    assertTrue(result.err().startsWith("epoch 1/1  loss "), result.err());
    Classifier.load(out).close();
    assertEquals(0, run("glyphs:100", out, "--epochs", "1").code(), "replaced");
  }

  @Test
  void withoutJsonPrintsOneSentence() {
    Path out = folder.resolve("model");
    Result result = run("glyphs:100", out, "--epochs", "1");
    assertTrue(result.out().startsWith("wrote " + out + ": "), result.out());
    assertTrue(result.out().contains(" % of 100 test images right"), result.out());
  }

  @Test
  void dataThatIsMissingOrUnlabelledIsADataError() throws IOException {
    Path nowhere = folder.resolve("nowhere");
    String missing = run("mnist:" + nowhere, folder.resolve("m")).refusal(ExitCode.DATA);
    assertTrue(missing.contains("./sparring data fetch mnist --to " + nowhere), missing);
    String unlabelled =
        run("folder:models/dcgan-glyphs", folder.resolve("m")).refusal(ExitCode.DATA);
    assertTrue(unlabelled.contains("expected labels 0 to 9"), unlabelled);
  }

  @Test
  void clothesMayBeMirrored() throws IOException {
    Path out = folder.resolve("model");
    Result result = run("glyphs:100", out, "--epochs", "1", "--augmentation", "clothes", "--json");
    JsonNode facts = new ObjectMapper().readTree(result.lastLine());
    assertEquals("clothes", facts.get("augmentation").asText());
    assertTrue(
        run("glyphs:9", out, "--augmentation", "no").refusal(ExitCode.USAGE).contains("'no'"));
  }

  @Test
  void wrongUsageIsRefused() throws IOException {
    Path out = folder.resolve("m");
    assertTrue(
        run("glyphs:9", out, "--epochs", "0").refusal(ExitCode.USAGE).contains("at least 1"));
    assertTrue(
        run("glyphs:9", out, "--threads", "-1").refusal(ExitCode.USAGE).contains("at least 0"));
    Files.writeString(Files.createDirectories(out).resolve("mine.txt"), "not to be lost");
    assertTrue(run("glyphs:9", out).refusal(ExitCode.USAGE).contains("other contents"));
    assertTrue(Files.exists(out.resolve("mine.txt")));
  }

  private static Result run(String data, Path out, String... more) {
    String[] all = new String[5 + more.length];
    System.arraycopy(
        new String[] {"classifier", "--data", data, "--out", out.toString()}, 0, all, 0, 5);
    System.arraycopy(more, 0, all, 5, more.length);
    return Console.run(all);
  }
}
