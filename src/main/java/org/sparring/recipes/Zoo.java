package org.sparring.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.sparring.errors.RecipeException;

/** Lists the models that come with Sparring, and whether their weights are included. */
public final class Zoo {
  private static final String CARD = "README.md";
  private static final String WEIGHTS = "saved_model";
  private static final String SCORES = "scores.json";

  private Zoo() {}

  /**
   * One model.
   *
   * @param name name of its folder
   * @param title description, from the heading of its model card or the first sentence of its
   *     recipe
   * @param data kind of its data set, without the path
   * @param net {@code net.kind} of its recipe; {@code translator.kind} of a task from images to
   *     images
   * @param labels {@code labels.kind} of its recipe
   * @param weightsBytes size of the SavedModel in bytes; 0 if only the recipe is included
   * @param frechetDistance Fréchet distance by the protocol in its model card; empty if the model
   *     was not scored
   */
  public record Entry(
      String name,
      String title,
      String data,
      String net,
      String labels,
      long weightsBytes,
      Optional<Double> frechetDistance) {
    public boolean isTrained() {
      return weightsBytes > 0;
    }
  }

  /** Returns all models, sorted by name. */
  public static List<Entry> entries() {
    return Recipes.names().stream().map(Zoo::entry).toList();
  }

  private static Entry entry(String name) {
    Recipe recipe = Recipes.load(name).recipe();
    Path folder = Recipes.folder(name);
    Path weights = folder.resolve(WEIGHTS);
    return new Entry(
        name,
        title(name, folder.resolve(CARD)),
        recipe.data().source().replaceFirst(":.*", ""),
        recipe.task().isTranslation()
            ? recipe.translator().kind().label()
            : recipe.net().kind().label(),
        recipe.labels().kind().label(),
        Files.isDirectory(weights) ? FileUtils.sizeOfDirectory(weights.toFile()) : 0,
        score(folder.resolve(SCORES)));
  }

  /** Returns the title in the first line of a model card, {@code # name: title}. */
  private static String title(String name, Path card) {
    if (!Files.isRegularFile(card)) {
      return firstSentence(Recipes.read(name));
    }
    try (Stream<String> lines = Files.lines(card)) {
      return lines.findFirst().orElse("").replaceFirst("^#[^:]*:?\\s*", "");
    } catch (IOException e) {
      throw RecipeException.of("cannot read " + card, e);
    }
  }

  /** Returns the first sentence of a recipe's comment. */
  private static String firstSentence(String recipe) {
    String comment =
        recipe
            .lines()
            .takeWhile(line -> line.startsWith("#"))
            .map(line -> line.substring(1).strip())
            .collect(Collectors.joining(" "));
    return comment.replaceFirst("(?s)[.:;] .*|\\.$", "");
  }

  private static Optional<Double> score(Path scores) {
    if (!Files.isRegularFile(scores)) {
      return Optional.empty();
    }
    try {
      JsonNode fid = new ObjectMapper().readTree(scores.toFile()).findPath("fid");
      JsonNode value = fid.isObject() ? fid.path("value") : fid;
      return value.isNumber() ? Optional.of(value.asDouble()) : Optional.empty();
    } catch (IOException e) {
      throw RecipeException.of("cannot read " + scores, e);
    }
  }
}
