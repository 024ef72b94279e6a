package org.sparring.recipes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparring.errors.EditDistance;
import org.sparring.errors.RecipeException;

/**
 * Finds recipes: a file, a folder of {@code models/} by its name, or a recipe of the jar. The jar
 * has an index of its recipes, because a jar inside another jar cannot be listed.
 */
public final class Recipes {
  /** The recipe that is used when none is named. */
  public static final String DEFAULT_NAME = "dcgan-glyphs";

  private static final String FILE = "recipe.yaml";

  /** Relative to this class, so that repackaging moves both. */
  private static final String IN_JAR = "models/";

  private static final String INDEX = IN_JAR + "index.txt";

  private Recipes() {}

  /** Loads a recipe on top of the defaults, ready for overrides; throws like {@link #read}. */
  public static RecipeReader load(String nameOrFile) {
    return new RecipeReader().overlay(read(nameOrFile), "recipe " + nameOrFile);
  }

  /**
   * Reads the text of a recipe.
   *
   * @param nameOrFile a file, a folder that holds a {@code recipe.yaml}, or the name of a model
   * @throws RecipeException if there is none; the message has the nearest name
   */
  public static String read(String nameOrFile) {
    Path path = Path.of(nameOrFile);
    if (Files.isRegularFile(path)) {
      return text(path);
    }
    if (Files.isRegularFile(path.resolve(FILE))) {
      return text(path.resolve(FILE));
    }
    return shipped(nameOrFile);
  }

  /** Returns the name of a recipe: the model's name, or the file name without its extension. */
  public static String name(String nameOrFile) {
    Path path = Path.of(nameOrFile).toAbsolutePath().normalize();
    boolean inModelFolder = path.endsWith(FILE) && path.getNameCount() > 1;
    Path named = inModelFolder ? path.getParent() : path;
    // a root path has no name
    return String.valueOf(named.getFileName()).replaceFirst("\\.ya?ml$", "");
  }

  /** Returns the names of the recipes in the jar and in the folder {@code models/}, sorted. */
  public static List<String> names() {
    return Stream.concat(inJar().stream(), inFolder().stream()).distinct().sorted().toList();
  }

  private static List<String> inJar() {
    return resource(INDEX).map(String::lines).orElse(Stream.empty()).toList();
  }

  private static List<String> inFolder() {
    if (!Files.isDirectory(models())) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(models())) {
      return folders
          .filter(f -> Files.isRegularFile(f.resolve(FILE)))
          .map(f -> f.getFileName().toString())
          .toList();
    } catch (IOException e) {
      throw RecipeException.of("cannot list " + models(), e);
    }
  }

  /**
   * Returns the text of a recipe: first from the folder next to the launcher, where users add
   * recipes, else from the jar.
   */
  private static String shipped(String name) {
    Path file = models().resolve(name).resolve(FILE);
    if (Files.isRegularFile(file)) {
      return text(file);
    }
    return resource(IN_JAR + name + "/" + FILE)
        .orElseThrow(
            () ->
                new RecipeException(
                    "recipe: expected a file or the name of a model, found '"
                        + name
                        + "'; did you mean '"
                        + EditDistance.nearest(name, names())
                        + "'?"));
  }

  private static Optional<String> resource(String name) {
    try (InputStream in = Recipes.class.getResourceAsStream(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw RecipeException.of("cannot read " + name + " from the class path", e);
    }
  }

  /** Returns the folder of a shipped model, which need not exist. */
  static Path folder(String name) {
    return models().resolve(name);
  }

  private static Path models() {
    return Path.of(System.getProperty("sparring.home", "."), "models");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw RecipeException.of("cannot read recipe " + file, e);
    }
  }
}
