package org.sparring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.inference.BatchLimits;
import org.sparring.inference.GeneratorModel;
import org.sparring.inference.Images;
import org.sparring.inference.MicroBatcher;
import org.sparring.recipes.LossKeys.LossKind;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.recipes.Recipes;
import org.sparring.runfolders.RunFolder;
import org.sparring.runs.Experiment;
import org.sparring.runs.Outcome;
import org.sparring.telemetry.ImageGrid;

/** What README says is so. */
class ReadmeTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]*)\\)");

  @Test
  void theLibraryExampleRuns(@TempDir Path temporary) throws IOException {
    Recipe recipe =
        Recipes.load("dcgan-glyphs").set("steps=3").set("net.width=4").set("batch=8").recipe();
    RunFolder folder = new RunFolder(temporary.resolve("library"));
    Outcome outcome = new Experiment(recipe, folder).train();
    assertEquals(3, outcome.steps());

    try (GeneratorModel model = GeneratorModel.load(folder.savedModel())) {
      Images digits = model.sample(7, 64);
      ImageGrid.write(digits.grid(8), temporary.resolve("digits.png"));
      BufferedImage first = digits.image(0);
      assertEquals(32, first.getWidth());
    }
    assertTrue(Files.size(temporary.resolve("digits.png")) > 0);

    try (GeneratorModel model = GeneratorModel.load(folder.root());
        MicroBatcher batcher = new MicroBatcher(model, BatchLimits.DEFAULT)) {
      model.warmUp(1, 64);
      FloatBuffer pixels = FloatBuffer.allocate(32 * 32);
      batcher.sample(42, 1, pixels);
      assertEquals(0, pixels.remaining());
    }
  }

  @Test
  void theRecipeInJavaBuilds() {
    Recipe recipe =
        Recipe.DEFAULT.toBuilder()
            .net(n -> n.withWidth(32))
            .loss(l -> l.withKind(LossKind.HINGE))
            .steps(100)
            .build();
    assertEquals(
        List.of("net.width", "loss.kind", "steps"),
        RecipeReader.differences(Recipe.DEFAULT, recipe));
  }

  @Test
  void theRecipeInYamlIsRead() throws IOException {
    String page = Files.readString(Path.of("docs/library.md"));
    String yaml = page.replaceFirst("(?s).*```yaml\n(.*?)```.*", "$1");
    Recipe recipe = new RecipeReader().overlay(yaml, "library.md").recipe();
    assertEquals(
        List.of("data.source", "loss.kind", "steps"),
        RecipeReader.differences(Recipe.DEFAULT, recipe));
  }

  @Test
  void theFrontPageIsShort() throws IOException {
    assertTrue(Files.readAllLines(Path.of("README.md")).size() <= 150);
  }

  /** The list of all keys of recipes is written by a program, and looked up rather than read. */
  @Test
  void noPageIsLongerThanTwoHundredLines() throws IOException {
    List<String> longer = new ArrayList<>();
    for (Path page : pages()) {
      if (!page.endsWith("recipes.md") && Files.readAllLines(page).size() > 200) {
        longer.add(page.toString());
      }
    }
    assertEquals(List.of(), longer);
  }

  @Test
  void everyPageBeginsWithWhatItsReaderCanDo() throws IOException {
    List<String> others = new ArrayList<>();
    for (Path page : pages()) {
      boolean index =
          List.of("README.md", "architecture.md").contains(page.getFileName().toString());
      String start = Files.readString(page).replaceFirst("# .*\n\n", "");
      if (!index && !start.startsWith("After reading this page you ")) {
        others.add(page.toString());
      }
    }
    assertEquals(List.of(), others);
  }

  @Test
  void noParagraphIsLongerThanFiveLines() throws IOException {
    List<String> longer = new ArrayList<>();
    for (Path page : pages()) {
      String text = Files.readString(page).replaceAll("(?s)```.*?```", "");
      for (String paragraph : text.split("\n\\s*\n|\n(?=\\s*(?:[-*|#]|\\d+\\.) )")) {
        if (paragraph.strip().lines().count() > 5) {
          longer.add(page + ": " + paragraph.strip());
        }
      }
    }
    assertEquals(List.of(), longer);
  }

  /** Pictures, pages and files of the repository; the rest of the web is not asked. */
  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path page : pages()) {
      Path folder = page.toAbsolutePath().getParent();
      LINK.matcher(Files.readString(page))
          .results()
          .map(link -> link.group(1).replaceFirst("#.*", ""))
          .filter(target -> !target.isEmpty() && !target.contains("://"))
          .filter(target -> !Files.exists(folder.resolve(target)))
          .forEach(target -> missing.add(page + " links to " + target));
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void theTableOfContentsListsEveryPage() throws IOException {
    String contents = Files.readString(Path.of("docs/README.md"));
    for (Path page : pages()) {
      String name = page.getFileName().toString();
      assertTrue(name.equals("README.md") || contents.contains("(" + name + ")"), name);
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      Stream<Path> pages = docs.filter(p -> p.toString().endsWith(".md"));
      return Stream.concat(Stream.of(Path.of("README.md")), pages).toList();
    }
  }
}
