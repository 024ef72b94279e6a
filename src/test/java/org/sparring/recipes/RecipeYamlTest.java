package org.sparring.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The keys, their order and their values in YAML are an interface: run folders contain them. */
class RecipeYamlTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  @Test
  void theDefaultIsWrittenAsItAlwaysWas() throws IOException {
    assertEquals(recorded(), RecipeReader.yaml(Recipe.DEFAULT));
  }

  @Test
  void theRecordedDefaultIsReadAsTheDefault() throws IOException {
    assertEquals(Recipe.DEFAULT, new RecipeReader().overlay(recorded(), "recorded").recipe());
  }

  /** A run folder of an earlier version lacks the keys that were added since. */
  @Test
  void aRecipeOfAnEarlierVersionGetsTheDefaultsOfNewKeys() throws IOException {
    String earlier = recorded().replaceFirst("  clip_norm: 0.0\n", "");
    assertTrue(!earlier.contains("clip_norm"));
    assertEquals(Recipe.DEFAULT, new RecipeReader().overlay(earlier, "earlier").recipe());
  }

  static List<String> shipped() {
    return Recipes.names();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void aShippedRecipeIsWrittenWithEveryValueOfItsFileAndReadBackTheSame(String name)
      throws IOException {
    String text = RecipeReader.yaml(Recipes.load(name).recipe());
    Recipe read = new RecipeReader().overlay(text, name).recipe();
    assertEquals(Recipes.load(name).recipe(), read);
    assertEquals(text, RecipeReader.yaml(read));

    Map<String, String> expected = values(YAML.readTree(recorded()));
    expected.putAll(values(YAML.readTree(Recipes.read(name))));
    Map<String, String> written = values(YAML.readTree(text));
    assertEquals(new ArrayList<>(expected.keySet()), new ArrayList<>(written.keySet()));
    assertEquals(expected, written);
  }

  /**
   * Every key with its value; numbers as doubles, whose text does not depend on how they are
   * written.
   */
  private static Map<String, String> values(JsonNode recipe) {
    Map<String, String> values = new LinkedHashMap<>();
    collect(recipe, "", values);
    return values;
  }

  private static void collect(JsonNode node, String prefix, Map<String, String> values) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonNode value = entry.getValue();
      if (value.isObject()) {
        collect(value, prefix + entry.getKey() + ".", values);
      } else {
        String text = value.isNumber() ? String.valueOf(value.asDouble()) : value.asText();
        values.put(prefix + entry.getKey(), text);
      }
    }
  }

  private static String recorded() throws IOException {
    try (InputStream in = RecipeYamlTest.class.getResourceAsStream("default.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
