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

/** The models that come with the engine: what each is, and whether its weights come along. */
public final class Zoo {
  private static final String CARD = "README.md";
  private static final String WEIGHTS = "saved_model";
  private static final String SCORES = "scores.json";

  private Zoo() {}

  /**
   * One model.
   *
   * @param name of its folder
   * @param title what it is, from the heading of its card, or the first sentence of its recipe
   * @param data that it learns, without its place
   * @param net kind of the pair
   * @param labels kind of its labels, or none
   * @param weightsBytes size of the SavedModel; 0 where it is a recipe alone
   * @param frechetDistance of the model, by the protocol that its card names; empty where it was
   *     not scored
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

  /** All of them, by name. */
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
        recipe.net().kind().label(),
        recipe.labels().kind().label(),
        Files.isDirectory(weights) ? FileUtils.sizeOfDirectory(weights.toFile()) : 0,
        score(folder.resolve(SCORES)));
  }

  /** What follows the name in the first line of a card, {@code # name: title}. */
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

  /** Of a recipe's comment. */
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
