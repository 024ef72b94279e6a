package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.cli.Console.Result;
import org.sparring.folders.FolderSource;
import org.sparring.recipes.TinyRecipe;

/** Data sets made of generated images. */
class SynthesizeCommandTest {
  @TempDir private static Path folder;
  private static String conditional;
  private static String plain;

  @BeforeAll
  static void train() {
    conditional = trained("conditional", "labels.kind=projection");
    plain = trained("plain");
  }

  private static String trained(String name, String... settings) {
    String run = folder.resolve(name).toString();
    Result result =
        Console.run(TinyRecipe.options(settings), "train", "--run", run, "--steps", "2");
    assertEquals(0, result.code(), result.err());
    return run;
  }

  @Test
  void aFolderIsReadAsLabelledImagesEachClassAsOften() throws IOException {
    Path target = synthesized(conditional, "labelled", "--n", "23");
    FolderSource source = FolderSource.open(target, 16, 1);
    assertEquals(23, source.size());
    assertEquals(10, source.classes());
    int[] counts = new int[10];
    IntStream.range(0, 23).forEach(i -> counts[source.label(i)]++);
    assertArrayEquals(new int[] {3, 3, 3, 2, 2, 2, 2, 2, 2, 2}, counts);
    List<String> table = Files.readAllLines(target.resolve("labels.csv"));
    assertEquals("file,label", table.get(0));
    assertEquals("7/000007.png,7", table.get(8));
    assertEquals(24, table.size());
  }

  @Test
  void someOfTheClassesKeepTheirNumbersWhereTheyAreRead() throws IOException {
    Path two = synthesized(conditional, "two", "--n", "2", "--labels", "3,5");
    FolderSource source = FolderSource.open(two, 16, 1);
    assertEquals(List.of(3, 5), List.of(source.label(0), source.label(1)));
    Path one = synthesized(conditional, "one.zip", "--n", "1", "--labels", "7");
    assertEquals(7, FolderSource.open(one, 16, 1).label(0));
  }

  @Test
  void theManifestSaysWhereTheImagesComeFrom() throws IOException {
    Path target = synthesized(conditional, "manifest", "--n", "4", "--labels", "3,5");
    JsonNode manifest = new ObjectMapper().readTree(target.resolve("manifest.json").toFile());
    assertTrue(manifest.get("synthetic").asBoolean());
    assertEquals(conditional, manifest.get("model").asText());
    assertEquals(4, manifest.get("images").asInt());
    assertEquals("{\"3\":2,\"5\":2}", manifest.get("labels").toString());
    String inspected = Console.run("inspect", conditional + "/saved_model", "--json").lastLine();
    assertEquals(
        new ObjectMapper().readTree(inspected).get("weights_sha256"),
        manifest.get("weights_sha256"));
  }

  @Test
  void anArchiveHoldsTheImagesOfTheFolder() throws IOException {
    Path archive = synthesized(conditional, "same.zip", "--n", "12", "--seed", "9");
    Path target = synthesized(conditional, "same", "--n", "12", "--seed", "9");
    assertEquals(
        FolderSource.open(target, 16, 1).contentHash(),
        FolderSource.open(archive, 16, 1).contentHash());
    byte[] first = Files.readAllBytes(archive);
    synthesized(conditional, "same.zip", "--n", "12", "--seed", "9");
    assertArrayEquals(first, Files.readAllBytes(archive), "the same again");
  }

  @Test
  void fewerImagesAreTheFirstOfMore() throws IOException {
    Path few = synthesized(conditional, "few", "--n", "3");
    Path more = synthesized(conditional, "more", "--n", "251");
    for (String file : List.of("0/000000.png", "2/000002.png")) {
      // a batch of another size may differ in the last bit of a float, which no byte shows here
      assertArrayEquals(
          Files.readAllBytes(few.resolve(file)), Files.readAllBytes(more.resolve(file)), file);
    }
    assertTrue(Files.exists(more.resolve("0/000250.png")));
  }

  @Test
  void anUnconditionalModelGivesUnlabelledImages() throws IOException {
    Path target = synthesized(plain, "unlabelled", "--n", "2");
    assertEquals(
        List.of("file,label", "000000.png,", "000001.png,"),
        Files.readAllLines(target.resolve("labels.csv")));
    Result result = synthesize(plain, "refused", "--n", "2", "--labels", "1");
    assertEquals(2, result.code());
    assertTrue(result.err().contains("--labels: expected a conditional model"), result.err());
    assertFalse(Files.exists(folder.resolve("refused")));
  }

  @Test
  void aFolderOfSomethingElseIsNotReplaced() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("letter.txt"), "dear");
    Result result = synthesize(conditional, "other", "--n", "2");
    assertEquals(2, result.code());
    assertTrue(result.err().contains("with other contents"), result.err());
    assertEquals("dear", Files.readString(other.resolve("letter.txt")));
  }

  @Test
  void anArchiveOfSomethingElseIsNotReplaced() throws IOException {
    Path other = folder.resolve("thesis.zip");
    try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(other))) {
      zip.putNextEntry(new java.util.zip.ZipEntry("thesis.txt"));
    }
    byte[] before = Files.readAllBytes(other);
    String message = synthesize(conditional, "thesis.zip", "--n", "2").refusal(2);
    assertTrue(message.contains("with other contents"), message);
    assertArrayEquals(before, Files.readAllBytes(other));
    Files.createDirectories(folder.resolve("folder.zip"));
    synthesize(conditional, "folder.zip", "--n", "2").refusal(2);
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamedInALine() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    String message = synthesize(conditional, "file/below", "--n", "2").refusal(2);
    assertTrue(message.contains("cannot write " + folder.resolve("file/below")), message);
  }

  private static Path synthesized(String model, String name, String... options) {
    Result result = synthesize(model, name, options);
    assertEquals(0, result.code(), result.err());
    return folder.resolve(name);
  }

  private static Result synthesize(String model, String name, String... options) {
    return Console.run(
        List.of(options), "synthesize", model, "--to", folder.resolve(name).toString());
  }
}
