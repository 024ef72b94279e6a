package org.sparring.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Renders docs/recipes.md from the records: keys and defaults from {@link Recipe#DEFAULT},
 * sentences from the Javadoc of the components. The part of a sentence after {@code Range:} or
 * {@code Values:} goes into the column of values.
 */
final class RecipesPage {
  private static final String INTRODUCTION =
      """
      # Recipes

      After reading this page you can change every setting of a training run. A recipe is a YAML file with these settings.

      ```sh
      ./sparring train my-recipe.yaml --set net.width=32 --set loss.kind=hinge
      ```

      A recipe file needs only the keys that differ from the defaults, each below its group:

      ```yaml
      net: {width: 32, latent: 64}
      loss: {kind: hinge}
      steps: 20000
      ```

      `--set` overrides one key. An unknown key or a wrong value is refused with the nearest valid one. In Java:
      `Recipe.DEFAULT.toBuilder().net(n -> n.withWidth(32)).steps(100).build()`. A run folder has its recipe with
      every key in `recipe.yaml`. Background: [adversarial training](adversarial-training.md), [scores](metrics.md),
      [GPUs](gpu.md).

      """;

  private static final String TABLE =
      """
      | key | default | values | meaning |
      |---|---|---|---|
      """;

  private final StringBuilder page = new StringBuilder(INTRODUCTION);

  private RecipesPage() {}

  static String text() throws IOException {
    return new RecipesPage().rendered();
  }

  private String rendered() throws IOException {
    RecordDoc run = RecordDoc.of(Recipe.class);
    page.append("## The run\n\n").append(TABLE);
    List<RecordComponent> groups = new ArrayList<>();
    for (RecordComponent component : Recipe.class.getRecordComponents()) {
      if (component.getType().isRecord()) {
        groups.add(component);
      } else {
        JsonNode value = defaults().get(component.getName());
        row(component.getName(), value, component, run);
      }
    }
    for (RecordComponent group : groups) {
      group(group);
    }
    page.append("\n<!-- Written by RecipesPageTest from the Javadoc of the records. -->\n");
    return page.toString();
  }

  private void group(RecordComponent group) throws IOException {
    RecordDoc doc = RecordDoc.of(group.getType());
    page.append("\n## ").append(group.getName()).append("\n");
    page.append(doc.summary()).append("\n\n").append(TABLE);
    // keys are written in the order of the components
    var keys = defaults().get(group.getName()).properties().iterator();
    for (RecordComponent component : group.getType().getRecordComponents()) {
      if (component.getType().isRecord()) { // its keys are written in this group
        RecordDoc inner = RecordDoc.of(component.getType());
        for (RecordComponent key : component.getType().getRecordComponents()) {
          row(group.getName(), keys.next(), key, inner);
        }
      } else {
        row(group.getName(), keys.next(), component, doc);
      }
    }
  }

  private void row(
      String group, Map.Entry<String, JsonNode> key, RecordComponent component, RecordDoc doc)
      throws IOException {
    row(group + "." + key.getKey(), key.getValue(), component, doc);
  }

  private void row(String key, JsonNode value, RecordComponent component, RecordDoc doc)
      throws IOException {
    String sentence = doc.parameter(component.getName());
    String[] parts = sentence.split(" ?\\b(Range|Values): ", 2);
    String values = parts.length > 1 ? parts[1] : "";
    String meaning = parts[0];
    Class<?> type = component.getType();
    if (type == boolean.class) {
      values = "`true`, `false`";
    } else if (type.isEnum()) {
      values =
          Arrays.stream(type.getEnumConstants())
              .map(RecipesPage::name)
              .collect(Collectors.joining(", "));
      meaning += meanings(type);
    } else if (type == List.class) {
      Object[] kinds = AugmentKeys.AugmentKind.values();
      values =
          "`none`, "
              + Arrays.stream(kinds).map(RecipesPage::name).collect(Collectors.joining(", "));
      meaning += meanings(AugmentKeys.AugmentKind.class);
    }
    page.append("| `%s` | %s | %s | %s |%n".formatted(key, plain(value), values, meaning));
  }

  /** One line for each value of an enum. */
  private static String meanings(Class<?> type) throws IOException {
    RecordDoc doc = RecordDoc.of(type.getEnclosingClass());
    return Arrays.stream(type.getEnumConstants())
        .map(value -> "<br>" + name(value) + ": " + doc.constant((Enum<?>) value))
        .collect(Collectors.joining());
  }

  private static String name(Object keyword) {
    return "`" + ((Keyword) keyword).label() + "`";
  }

  /** A value as one would write it: 0.0002, 1e-8, 500. */
  private static String plain(JsonNode value) {
    if (!value.isNumber()) {
      return value.asText();
    }
    BigDecimal number = new BigDecimal(value.asText()).stripTrailingZeros();
    String text = number.scale() <= 0 ? number.toPlainString() : number.toString();
    return text.toLowerCase(Locale.ROOT);
  }

  private static JsonNode defaults() {
    return new ObjectMapper().valueToTree(Recipe.DEFAULT);
  }

  /**
   * The Javadoc of a record, from its source.
   *
   * @param summary its first paragraph
   * @param parameters text by component
   * @param constants text by constant of the enums inside, such as {@code LossKind.HINGE}
   */
  record RecordDoc(String summary, Map<String, String> parameters, Map<String, String> constants) {

    static RecordDoc of(Class<?> type) throws IOException {
      Path file = Path.of("src/main/java", type.getName().replace('.', '/') + ".java");
      return JavadocText.of(Files.readString(file), type.getSimpleName());
    }

    String parameter(String name) {
      return found(parameters, name);
    }

    String constant(Enum<?> constant) {
      return found(constants, constant.getDeclaringClass().getSimpleName() + "." + constant.name());
    }

    private static String found(Map<String, String> texts, String name) {
      if (!texts.containsKey(name)) {
        throw new IllegalStateException("expected Javadoc for " + name + ", found none");
      }
      return texts.get(name);
    }
  }
}
