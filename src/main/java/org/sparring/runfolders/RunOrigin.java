package org.sparring.runfolders;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparring.datasets.DataLicence;
import org.sparring.exports.ModelOrigin;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;

/** Describes the origin of a model for its recipients. */
final class RunOrigin {
  /** A text with an absolute path, for example {@code folder:/home/anna/cats}. */
  private static final Pattern ABSOLUTE = Pattern.compile("([a-z0-9-]+:)?(/.*)", Pattern.DOTALL);

  /** A regular expression between slashes, as {@code data.group_by} has it, is no path. */
  private static final Pattern EXPRESSION = Pattern.compile("/.*/", Pattern.DOTALL);

  /** Two folders. */
  private static final Pattern TWO = Pattern.compile("((?:pairs|domains):)([^#]*),([^#]*)");

  private RunOrigin() {}

  /**
   * Returns the origin of the models of a run.
   *
   * @param recipe recipe of the run
   * @param data data set in the run's description
   */
  static ModelOrigin of(Recipe recipe, RunDescription.Data data) {
    String licence = DataLicence.of(recipe.data().source());
    return new ModelOrigin(
        withoutFolders(RecipeReader.values(recipe)),
        new ModelOrigin.Data(withoutFolder(data.source()), data.contentHash(), licence));
  }

  /** Removes the folder names of this machine, because a model may be published. */
  private static Map<String, Object> withoutFolders(Map<String, Object> values) {
    Map<String, Object> shortened = new LinkedHashMap<>();
    values.forEach((key, value) -> shortened.put(key, withoutFolders(value)));
    return shortened;
  }

  @SuppressWarnings("unchecked") // the keys of a recipe are strings
  private static Object withoutFolders(Object value) {
    if (value instanceof Map<?, ?> group) {
      return withoutFolders((Map<String, Object>) group);
    }
    return value instanceof String text ? withoutFolder(text) : value;
  }

  private static String withoutFolder(String text) {
    Matcher two = TWO.matcher(text);
    if (two.matches()) {
      return two.group(1) + withoutFolder(two.group(2)) + "," + withoutFolder(two.group(3));
    }
    Matcher absolute = ABSOLUTE.matcher(text);
    if (!absolute.matches() || EXPRESSION.matcher(text).matches()) {
      return text;
    }
    String kind = absolute.group(1) == null ? "" : absolute.group(1);
    // node names after # in graph:FILE#input=… may contain slashes
    int end = kind.equals("graph:") ? absolute.group(2).indexOf('#') : -1;
    String place = end < 0 ? absolute.group(2) : absolute.group(2).substring(0, end);
    String nodes = end < 0 ? "" : absolute.group(2).substring(end);
    Path name = Path.of(place).getFileName();
    return kind + (name == null ? "/" : name) + nodes;
  }
}
