package org.sparring.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.errors.RecipeException;
import org.sparring.recipes.LossKeys.LossKind;

class RecipeBuilderTest {
  /** Every schedule is valid with these updates. */
  private static final Recipe SCHEDULABLE =
      Recipe.DEFAULT.toBuilder().optimizer(o -> o.withDecaySteps(10)).build();

  @Test
  void aBuilderChangesTheNamedKeysAlone() {
    Recipe recipe =
        Recipe.DEFAULT.toBuilder()
            .net(n -> n.withWidth(32).withLatent(64))
            .loss(l -> l.withKind(LossKind.HINGE))
            .steps(100)
            .build();
    assertEquals(
        List.of("net.width", "net.latent", "loss.kind", "steps"),
        RecipeReader.differences(Recipe.DEFAULT, recipe));
    assertEquals(LossKind.HINGE, recipe.loss().kind());
  }

  @Test
  void aBuilderThatChangesNothingBuildsTheSame() {
    assertEquals(Recipe.DEFAULT, Recipe.DEFAULT.toBuilder().build());
  }

  @Test
  void aValueOutOfItsRangeIsRefusedAtOnce() {
    RecipeBuilder builder = Recipe.DEFAULT.toBuilder();
    assertThrows(RecipeException.class, () -> builder.net(n -> n.withWidth(0)));
    assertThrows(RecipeException.class, () -> builder.batch(0).build());
  }

  static List<Record> recordsWithKeys() throws ReflectiveOperationException {
    List<Record> records = new ArrayList<>(List.of(SCHEDULABLE));
    for (RecordComponent component : Recipe.class.getRecordComponents()) {
      if (component.getType().isRecord()) {
        records.add((Record) component.getAccessor().invoke(SCHEDULABLE));
      }
    }
    return records;
  }

  /** Each component has its {@code with} method, which puts the value into its own place. */
  @ParameterizedTest
  @MethodSource("recordsWithKeys")
  void everyKeyCanBeChangedAlone(Record keys) throws ReflectiveOperationException {
    for (RecordComponent changed : keys.getClass().getRecordComponents()) {
      Object value = another(changed, changed.getAccessor().invoke(keys));
      Method with =
          keys.getClass().getMethod("with" + capitalized(changed.getName()), changed.getType());
      Record copy = (Record) with.invoke(keys, value);
      for (RecordComponent component : keys.getClass().getRecordComponents()) {
        Object before = component.getAccessor().invoke(keys);
        Object after = component.getAccessor().invoke(copy);
        assertEquals(
            component.getName().equals(changed.getName()) ? value : before,
            after,
            component.getName());
      }
      assertNotEquals(keys, copy, changed.getName());
    }
  }

  private static String capitalized(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** Another valid value of a key. */
  private static Object another(RecordComponent component, Object value)
      throws ReflectiveOperationException {
    if (value instanceof Boolean flag) {
      return !flag;
    } else if (value instanceof Integer number) {
      return number == 1 ? 2 : number == 0 ? 1 : number * 2;
    } else if (value instanceof Long number) {
      return number + 1;
    } else if (value instanceof Float number) {
      return number == 0 ? 0.5f : number / 2;
    } else if (value instanceof Double number) {
      return number == 0 ? 0.5 : number / 2;
    } else if (value instanceof String text) {
      return switch (component.getName()) {
        case "kind" -> "cpu";
        case "convolutions" -> "trial";
        default -> text + "s";
      };
    } else if (value instanceof List<?>) {
      return List.of(AugmentKeys.AugmentKind.CUTOUT);
    } else if (value instanceof Enum<?> kind) {
      return Arrays.stream(kind.getDeclaringClass().getEnumConstants())
          .filter(other -> other != kind)
          .findFirst()
          .orElseThrow();
    }
    return changed((Record) value);
  }

  /** The record with another value in its first component. */
  private static Record changed(Record keys) throws ReflectiveOperationException {
    RecordComponent first = keys.getClass().getRecordComponents()[0];
    Object value = another(first, first.getAccessor().invoke(keys));
    return (Record)
        keys.getClass()
            .getMethod("with" + capitalized(first.getName()), first.getType())
            .invoke(keys, value);
  }
}
