package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.cli.Console.Result;
import org.sparring.console.ExitCode;
import org.sparring.recipes.TinyRecipe;
import org.sparring.telemetry.ImageGrid;

/** A data set that is looked at before it is trained on. */
class DataCheckCommandTest {
  @TempDir private Path folder;

  @Test
  void everythingThatIsWrongIsSaidAtOnce() throws IOException {
    draw("train/cat/a.png", 10, 20, 1);
    draw("train/cat/b.png", 30, 20, 2);
    draw("train/dog/c.png", 50, 40, 3);
    draw("test/cat/d.png", 10, 20, 1);
    draw("test/dog/e.png", 50, 40, 3);
    draw("train/dog/f.png", 30, 20, 2);
    write("train/cat/bad.png", new byte[] {1, 2, 3});
    write("test/dog/worse.jpg", new byte[0]);
    write("train/notes.txt", new byte[1]);
    Result result = Console.run("data", "check", "folder:" + folder, "--json");
    assertEquals(ExitCode.DATA, result.code(), result.err());
    JsonNode report = new ObjectMapper().readTree(result.out());
    assertFalse(report.get("trainable").asBoolean());
    assertEquals("{\"train\":4,\"held out\":2}", report.get("parts").toString());
    assertEquals("{\"cat\":3,\"dog\":3}", report.get("classes").toString());
    assertEquals("{\"min\":10,\"median\":30,\"max\":50}", report.get("width").toString());
    assertEquals("{\"min\":20,\"median\":20,\"max\":40}", report.get("height").toString());
    assertEquals("{\".txt\":1}", report.get("skipped").toString());
    List<String> bad = report.get("faults").findValuesAsText("file");
    String remedy = report.get("faults").get(0).get("remedy").asText();
    assertTrue(remedy.startsWith("Replace or remove it"), remedy);
    assertEquals(List.of("test/dog/worse.jpg", "train/cat/bad.png"), bad);
    JsonNode same = report.get("duplicates");
    assertEquals(3, same.size(), same.toString());
    assertEquals("[\"test/cat/d.png\",\"train/cat/a.png\"]", same.get(0).get("files").toString());
    assertTrue(same.get(0).get("across_parts").asBoolean());
    assertFalse(same.get(0).get("across_classes").asBoolean());
    assertTrue(same.get(2).get("across_classes").asBoolean(), same.toString());
    String table = Console.run("data", "check", "folder:" + folder).out();
    assertTrue(table.contains("train/cat/bad.png: another format"), table);
    assertTrue(table.contains("train --skip-bad"), table);
    assertTrue(table.contains("train/cat/b.png = train/dog/f.png (of different classes)"), table);
  }

  @Test
  void trainingWithoutTheBadOnesIsPossible() throws IOException {
    for (int i = 0; i < 8; i++) {
      draw("a/" + i + ".png", 16, 16, i);
    }
    Result good = Console.run("data", "check", "folder:" + folder);
    assertEquals(0, good.code(), good.out());
    assertTrue(good.out().contains("can be trained on: ./sparring train --data folder:"));
    write("a/bad.png", new byte[] {1, 2, 3});
    List<String> options = TinyRecipe.options("data.source=folder:" + folder, "steps=2");
    String run = folder.resolveSibling(folder.getFileName() + "-run").toString();
    String refusal = Console.run(options, "train", "--run", run).refusal(ExitCode.DATA);
    assertTrue(refusal.contains("bad.png"), refusal);
    Result skipped = Console.run(options, "train", "--run", run, "--skip-bad", "--resume");
    assertEquals(0, skipped.code(), skipped.err());
  }

  @Test
  void aSourceThatIsNotThereOrHasPartsOfItsOwnIsCheckedToo() throws IOException {
    Result gone = Console.run("data", "check", "mnist:" + folder.resolve("gone"));
    assertEquals(ExitCode.DATA, gone.code(), gone.err());
    assertTrue(gone.out().contains("nothing there"), gone.out());
    assertTrue(gone.out().contains("Fetch it: ./sparring data fetch mnist"), gone.out());
    assertFalse(gone.out().contains("pixels"), gone.out());
    Result glyphs = Console.run("data", "check", "glyphs:50");
    assertEquals(0, glyphs.code(), glyphs.out());
    assertTrue(glyphs.out().contains("held out    50 images"), glyphs.out());
    Result many = Console.run("data", "check", "folder:" + folder, "--held-out", "1");
    assertEquals(ExitCode.USAGE, many.code(), many.out());
  }

  @Test
  void aFolderOfBadImagesOnlyIsNamedFileByFile() throws IOException {
    Files.createDirectories(folder.resolve("a"));
    write("a/x.png", new byte[1]);
    write("a/y.png", new byte[0]);
    Result result = Console.run("data", "check", "folder:" + folder);
    assertEquals(ExitCode.DATA, result.code(), result.err());
    assertTrue(
        result.out().contains("a/x.png: ") && result.out().contains("a/y.png: "), result.out());
  }

  private void draw(String name, int width, int height, int seed) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    image.setRGB(seed, seed, 0xffffff);
    Files.createDirectories(folder.resolve(name).getParent());
    ImageGrid.write(image, folder.resolve(name));
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }
}
