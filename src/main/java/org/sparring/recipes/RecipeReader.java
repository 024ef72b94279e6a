package org.sparring.recipes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.EditDistance;
import org.sparring.errors.RecipeException;

/**
 * Reads recipes and overrides. The tree of {@link Recipe#DEFAULT} is the schema: input may contain
 * only its keys, with values of the same type as the defaults.
 */
public final class RecipeReader {
  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              new YAMLFactory()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES))
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // only the components of a record are keys, not its other methods
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .build();

  /**
   * Keys and the types of their values. A tree that was read may contain an int where the type is
   * long.
   */
  /** Name of the argument with the settings. */
  private static final String SET = "set";

  private static final ObjectNode SCHEMA = YAML.valueToTree(Recipe.DEFAULT);

  private final ObjectNode tree = SCHEMA.deepCopy();

  /** Starts from the defaults. */
  public RecipeReader() {}

  /** Starts from a recipe. */
  public RecipeReader(Recipe recipe) {
    tree.setAll(YAML.<ObjectNode>valueToTree(recipe));
  }

  /**
   * Applies the text of a recipe on top of the values read before.
   *
   * @param origin name for error messages, for example the file name
   */
  public RecipeReader overlay(String text, String origin) {
    try {
      JsonNode read = YAML.readTree(text);
      if (read == null || read.isMissingNode() || read.isNull()) {
        return this;
      }
      RecipeException.require(
          read.isObject(), origin + ": expected keys and values, found " + summary(read));
      merge(tree, SCHEMA, (ObjectNode) read, new Place("", origin));
      return this;
    } catch (JsonProcessingException e) {
      throw new RecipeException(
          origin + ": not YAML: " + e.getOriginalMessage().lines().findFirst().orElse("") + at(e),
          e);
    }
  }

  /** Applies one {@code key=value} on top of the values read before. */
  public RecipeReader set(String assignment) {
    int equals = assignment.indexOf('=');
    ArgumentException.require(equals > 0, SET, "expected key=value, found '" + assignment + "'");
    return set(assignment.substring(0, equals).strip(), assignment.substring(equals + 1).strip());
  }

  /** Applies one key and value on top of the values read before. */
  public RecipeReader set(String key, String value) {
    ObjectNode update = YAML.createObjectNode();
    ObjectNode place = update;
    JsonNode known = SCHEMA;
    String[] path = key.split("\\.", -1);
    for (String group : path) {
      known = known.path(group);
    }
    for (String group : Arrays.asList(path).subList(0, path.length - 1)) {
      place = place.putObject(group);
    }
    place.set(path[path.length - 1], known.isTextual() ? text(value) : scalar(value));
    String origin = SET + " " + key;
    try {
      merge(tree, SCHEMA, update, new Place("", origin));
    } catch (RecipeException e) {
      throw ArgumentException.of(SET, e);
    }
    return this;
  }

  /** Returns the recipe with all values read so far. */
  public Recipe recipe() {
    try {
      return YAML.treeToValue(tree, Recipe.class);
    } catch (JsonProcessingException e) {
      // thrown by a record or an enum and wrapped by Jackson
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof RecipeException broken) {
          throw broken;
        }
      }
      throw new RecipeException(
          "recipe: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
    }
  }

  /** Returns every key and value of a recipe as YAML. */
  public static String yaml(Recipe recipe) {
    try {
      return YAML.writeValueAsString(recipe);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a recipe is always writable", e);
    }
  }

  /** Returns every key and value of a recipe, in groups. */
  public static Map<String, Object> values(Recipe recipe) {
    return YAML.convertValue(recipe, new TypeReference<>() {});
  }

  /** Returns the full keys whose values differ, for example {@code net.width}. */
  public static List<String> differences(Recipe a, Recipe b) {
    List<String> keys = new ArrayList<>();
    collect(YAML.<JsonNode>valueToTree(a), YAML.<JsonNode>valueToTree(b), "", keys);
    return keys;
  }

  private static void collect(JsonNode a, JsonNode b, String prefix, List<String> keys) {
    for (Map.Entry<String, JsonNode> entry : a.properties()) {
      JsonNode other = b.get(entry.getKey());
      if (entry.getValue().isObject()) {
        collect(entry.getValue(), other, prefix + entry.getKey() + ".", keys);
      } else if (!entry.getValue().equals(other)) {
        keys.add(prefix + entry.getKey());
      }
    }
  }

  private static JsonNode scalar(String value) {
    try {
      JsonNode node = YAML.readTree(value);
      return node.isValueNode() ? node : text(value);
    } catch (JsonProcessingException e) {
      return text(value);
    }
  }

  /** Returns the value as text, because YAML could treat a part of a path as a comment. */
  private static JsonNode text(String value) {
    return YAML.getNodeFactory().textNode(value);
  }

  /**
   * The place from which a key was read.
   *
   * @param prefix full names of its groups
   * @param origin file or option
   */
  private record Place(String prefix, String origin) {}

  private static void merge(ObjectNode into, JsonNode schema, ObjectNode from, Place place) {
    String origin = place.origin();
    for (Map.Entry<String, JsonNode> entry : from.properties()) {
      String key = place.prefix() + entry.getKey();
      JsonNode present = schema.get(entry.getKey());
      JsonNode value = entry.getValue();
      requireKnown(present, value, leaf(key, value), origin);
      if (present.isObject()) {
        RecipeException.require(
            value.isObject(),
            origin
                + ": "
                + key
                + " is a group; expected keys below it, such as "
                + key
                + "."
                + present.fieldNames().next()
                + ", found "
                + summary(value));
        ObjectNode group = (ObjectNode) into.get(entry.getKey());
        merge(group, present, (ObjectNode) value, new Place(key + ".", origin));
      } else {
        into.set(entry.getKey(), ofType(present, value, key, origin));
      }
    }
  }

  /** Returns the first complete key at or below {@code key}, as the user would write it. */
  private static String leaf(String key, JsonNode value) {
    return value.isObject() && !value.isEmpty()
        ? leaf(key + "." + value.fieldNames().next(), value.elements().next())
        : key;
  }

  private static void requireKnown(JsonNode present, JsonNode value, String key, String origin) {
    if (present == null || (value.isObject() && !present.isObject())) {
      List<String> known = new ArrayList<>();
      leaves(SCHEMA, "", known);
      // in a file groups are nested, so a dot in a key is the user's mistake
      RecipeException.require(
          !known.contains(key),
          origin
              + ": expected a key inside its group, found '"
              + key
              + "' in one line\nWrite "
              + key.replace(".", ": {")
              + ": …"
              + "}".repeat(key.length() - key.replace(".", "").length())
              + ", or the key on a separate line below its group.");
      throw new RecipeException(
          origin
              + ": unknown key '"
              + key
              + "'; did you mean '"
              + EditDistance.nearest(key, known)
              + "'?");
    }
  }

  private static void leaves(JsonNode node, String prefix, List<String> keys) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = prefix + entry.getKey();
      if (entry.getValue().isObject()) {
        leaves(entry.getValue(), key + ".", keys);
      } else {
        keys.add(key);
      }
    }
  }

  private static JsonNode ofType(JsonNode present, JsonNode value, String key, String origin) {
    if (present.isTextual()) {
      boolean word = value.isValueNode() && !value.isNull();
      RecipeException.require(word, wrongType(key, origin, "text", value));
      return text(value.asText());
    }
    if (present.isBoolean()) {
      RecipeException.require(value.isBoolean(), wrongType(key, origin, "true or false", value));
    } else if (present.isIntegralNumber()) {
      requireWhole(present, value, key, origin);
    } else {
      RecipeException.require(value.isNumber(), wrongType(key, origin, "a number", value));
      return YAML.getNodeFactory().numberNode(value.asDouble());
    }
    return value;
  }

  private static void requireWhole(JsonNode present, JsonNode value, String key, String origin) {
    RecipeException.require(
        value.isIntegralNumber(), wrongType(key, origin, "a whole number", value));
    long most = present.isInt() ? Integer.MAX_VALUE : Long.MAX_VALUE;
    boolean fits = present.isInt() ? value.canConvertToInt() : value.canConvertToLong();
    RecipeException.require(
        fits, wrongType(key, origin, "a whole number of at most " + most, value));
  }

  private static String wrongType(String key, String origin, String expected, JsonNode found) {
    String where = origin.endsWith(key) ? origin : origin + ": " + key;
    return where + ": expected " + expected + ", found " + summary(found);
  }

  private static String summary(JsonNode node) {
    String text = node.toString();
    return text.length() <= 60 ? text : text.substring(0, 57) + "…";
  }

  private static String at(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
  }
}
