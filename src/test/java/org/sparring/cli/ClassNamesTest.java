package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.cli.Console.Result;
import org.sparring.datasets.JoinedImages;
import org.sparring.folders.FolderSource;
import org.sparring.inference.GeneratorModel;
import org.sparring.recipes.TinyRecipe;

/** Names of classes from a folder of images to the commands that ask for one. */
class ClassNamesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static Path photos;
  private static String run;
  private static String shown;

  @BeforeAll
  static void train() throws IOException {
    photos = folder.resolve("photos");
    for (String name : List.of("dog", "cat", "T-shirt, top", "größe")) {
      Files.createDirectories(photos.resolve(name));
      for (int i = 0; i < 8; i++) {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        image.setRGB(i, name.length(), 0xffffff);
        ImageIO.write(image, "png", photos.resolve(name).resolve(i + ".png").toFile());
      }
    }
    Files.writeString(photos.resolve("notes.txt"), "");
    run = folder.resolve("run").toString();
    PrintStream err = System.err;
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    System.setErr(new PrintStream(heard, true, StandardCharsets.UTF_8));
    Result trained = train(run, "steps=2");
    System.setErr(err);
    shown = heard.toString(StandardCharsets.UTF_8);
    assertEquals(0, trained.code(), trained.err());
  }

  private static Result train(String run, String... more) {
    List<String> settings =
        new ArrayList<>(List.of("labels.kind=projection", "data.source=folder:" + photos));
    settings.addAll(List.of(more));
    List<String> options = TinyRecipe.options(settings.toArray(String[]::new));
    return Console.run(options, "train", "--run", run, "--resume");
  }

  @Test
  void theStartSaysWhatWasFound() {
    String line = "32 images, 4 classes: T-shirt, top, cat, dog, größe; 1 skipped: 1 .txt\n";
    assertTrue(shown.contains(line), shown);
  }

  @Test
  void aRunAndItsModelKnowTheNames() throws IOException {
    List<String> names = List.of("T-shirt, top", "cat", "dog", "größe");
    JsonNode data = JSON.readTree(Path.of(run, "run.json").toFile()).get("data");
    assertEquals(JSON.valueToTree(names), data.get("label_names"));
    try (GeneratorModel model = GeneratorModel.load(Path.of(run))) {
      assertEquals(names, model.labelNames());
    }
    String line = Console.run("inspect", run + "/saved_model", "--json").lastLine();
    assertEquals(JSON.valueToTree(names), JSON.readTree(line).get("label_names"));
  }

  @Test
  void aClassIsAskedForByNameOrNumber() throws IOException {
    byte[] named = sampled("--label", "cat");
    assertArrayEquals(sampled("--label", "1"), named);
    assertArrayEquals(sampled("--labels", "T-shirt, top"), sampled("--labels", "0"));
    assertArrayEquals(sampled("--labels", "0..1,größe"), sampled("--labels", "0,cat,3"));
    Path from = folder.resolve("way.png");
    List<String> way = List.of("--from", "1", "--to", "2", "--out", from.toString());
    assertEquals(0, Console.run(way, "interpolate", run, "--label", "dog").code());
  }

  @Test
  void aNameThatIsNoneIsAnsweredWithTheNearest() {
    Result result = Console.run("sample", run, "--label", "cats");
    assertEquals(2, result.code());
    assertTrue(
        result
            .err()
            .contains(
                "--label: expected one of 4 classes from T-shirt, top to größe, found 'cats';"
                    + " did you mean 'cat'?"),
        result.err());
    assertEquals(2, Console.run("sample", run, "--label", "4").code());
  }

  @Test
  void syntheticImagesAreReadBackAsTheSameClasses() throws IOException {
    Path made = folder.resolve("made");
    Result result =
        Console.run("synthesize", run, "--n", "3", "--labels", "größe,cat,0", "--to", made + "");
    assertEquals(0, result.code(), result.err());
    FolderSource source = FolderSource.open(made, 16, 1);
    FolderSource real = FolderSource.open(photos, 16, 1);
    assertEquals(real.labelNames(), source.labelNames());
    assertEquals(
        List.of("T-shirt, top", "cat", "größe"),
        List.of(0, 1, 2).stream().map(i -> source.labelNames().get(source.label(i))).toList());
    assertTrue(Files.exists(made.resolve("cat/000001.png")));
    assertEquals(35, new JoinedImages(List.of(real, source)).size());
    Path archive = folder.resolve("made.zip");
    Console.run("synthesize", run, "--n", "3", "--labels", "größe,cat,0", "--to", archive + "");
    FolderSource packed = FolderSource.open(archive, 16, 1);
    assertEquals(source.labelNames(), packed.labelNames());
    assertEquals(source.contentHash(), packed.contentHash());
  }

  @Test
  void aRunIsNotResumedOnOtherClasses() throws IOException {
    String begun = folder.resolve("begun").toString();
    assertEquals(0, train(begun, "steps=2").code());
    Path table = Files.writeString(photos.resolve("labels.csv"), table());
    Result result = train(begun, "steps=3");
    Files.delete(table);
    assertEquals(3, result.code(), result.err());
    assertTrue(result.err().contains("the 4 classes that"), result.err());
    Result again = train(begun, "steps=3");
    assertEquals(0, again.code(), again.err());
  }

  /** Every image is of the class of its number. */
  private static String table() {
    StringBuilder rows = new StringBuilder("file,label\n");
    for (String name : List.of("dog", "cat", "\"T-shirt, top", "größe")) {
      for (int i = 0; i < 8; i++) {
        String quote = name.startsWith("\"") ? "\"" : "";
        rows.append(name).append("/").append(i).append(".png").append(quote).append(",");
        rows.append(i % 4).append("\n");
      }
    }
    return rows.toString();
  }

  private static byte[] sampled(String... options) throws IOException {
    Path out = folder.resolve("sampled.png");
    Files.deleteIfExists(out);
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--n", "2", "--out", out.toString()));
    Result result = Console.run(all, "sample", run);
    assertEquals(0, result.code(), result.err());
    return Files.readAllBytes(out);
  }
}
