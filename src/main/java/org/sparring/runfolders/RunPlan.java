package org.sparring.runfolders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sparring.errors.Advice;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.RecipeException;
import org.sparring.recipes.Combinations;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.recipes.Recipes;

/**
 * A recipe and the folder in which it is run.
 *
 * @param recipe recipe with all overrides applied
 * @param folder folder of the run, which may already have begun
 */
public record RunPlan(Recipe recipe, RunFolder folder) {
  private static final Path RUNS = Path.of("runs");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  /**
   * Returns the plan for the arguments of a training command.
   *
   * @param name name of a recipe; null for the default, or for the recipe of the resumed run; to
   *     resume also the folder of a run
   * @param run folder; null for a new one, or for the newest run of the recipe if resuming
   * @param resume whether to resume a run
   * @param overrides {@code key=value}; later ones take precedence
   * @throws RecipeException if the folder contains a run and {@code resume} is false
   * @throws ArgumentException if there is no run to resume, or if an override must not change on
   *     resume
   */
  public static RunPlan of(String name, Path run, boolean resume, List<String> overrides) {
    if (resume && run == null && name != null && new RunFolder(Path.of(name)).isBegun()) {
      return of(null, Path.of(name), true, overrides);
    }
    String known = name == null ? Recipes.DEFAULT_NAME : name;
    RunFolder folder = new RunFolder(run != null ? run : resume ? newest(known) : fresh(known));
    folder.requireSound();
    if (!folder.isBegun()) {
      ArgumentException.require(
          name != null || !resume || !overrides.isEmpty(),
          "resume",
          "expected a run in " + folder.root() + ", found none; name a recipe to begin one there");
      return new RunPlan(recipe(Recipes.load(known), overrides), folder);
    }
    if (!resume) {
      throw new RecipeException(
          folder.root() + " holds a run already", Advice.to(Advice.Action.RESUME_RUN));
    }
    Recipe begun = begun(folder);
    Recipe wanted = recipe(name == null ? new RecipeReader(begun) : Recipes.load(name), overrides);
    Resumption.requireSameGame(folder, wanted);
    return new RunPlan(wanted, folder);
  }

  /**
   * Returns the plan of a worker that does not lead. It is the plan of the leading worker, which
   * may have begun the run in the meantime.
   *
   * @see #of
   */
  public static RunPlan ofFollower(String name, Path run, boolean resume, List<String> overrides) {
    if (resume) {
      return of(name, run, true, overrides);
    }
    String known = name == null ? Recipes.DEFAULT_NAME : name;
    RunFolder folder = new RunFolder(run != null ? run : fresh(known));
    return new RunPlan(recipe(Recipes.load(known), overrides), folder);
  }

  /** Returns the recipe with which a run was begun. */
  public static Recipe begun(RunFolder folder) {
    RecipeException.require(
        folder.isBegun(),
        "expected a run folder with a recipe.yaml, found none in " + folder.root());
    folder.requireSound();
    return Recipes.load(folder.recipe().toString()).recipe();
  }

  private static Recipe recipe(RecipeReader reader, List<String> overrides) {
    overrides.forEach(reader::set);
    Recipe recipe = reader.recipe();
    Combinations.check(recipe); // before a message about training is printed
    return recipe;
  }

  private static Path fresh(String name) {
    return RUNS.resolve(
        Recipes.name(name) + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(TIME));
  }

  private static Path newest(String name) {
    return newest(RUNS, Recipes.name(name))
        .orElseThrow(
            () ->
                new ArgumentException(
                    "resume",
                    "expected a run of "
                        + Recipes.name(name)
                        + " in "
                        + RUNS
                        + "/, found none; name the folder of the run"));
  }

  /** Finds the newest started run whose folder is named after the recipe and a time. */
  static Optional<Path> newest(Path runs, String name) {
    Pattern runOf = Pattern.compile(Pattern.quote(name) + "-\\d{8}-\\d{6}");
    try (Stream<Path> folders = Files.isDirectory(runs) ? Files.list(runs) : Stream.empty()) {
      return folders
          .filter(p -> runOf.matcher(p.getFileName().toString()).matches())
          .filter(p -> new RunFolder(p).isBegun())
          .max(Comparator.comparing(Path::getFileName));
    } catch (IOException e) {
      throw RecipeException.of("cannot list " + runs, e);
    }
  }
}
