package org.sparring.recipes;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import org.sparring.errors.RecipeException;

/** A value of a key that has a fixed set of values. Each such key has its own enum. */
public interface Keyword {
  /** Returns the name of the constant in Java. */
  String name();

  /** Returns the name in YAML: the name in Java in lower case, with hyphens. */
  @JsonValue
  default String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Finds a value by its name in YAML.
   *
   * @param key key of the value, for the message
   * @throws RecipeException if no value has the name; the message lists all names and the nearest
   *     one
   */
  static <K extends Keyword> K find(String key, String label, K[] values) {
    String[] labels = Arrays.stream(values).map(Keyword::label).toArray(String[]::new);
    RecipeException.requireOneOf(key, label, labels);
    return values[Arrays.asList(labels).indexOf(label)];
  }
}
