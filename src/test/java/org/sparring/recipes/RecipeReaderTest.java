package org.sparring.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.errors.RecipeException;
import org.sparring.errors.SparringException;

class RecipeReaderTest {
  private static final String FILE = "my.yaml";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data.source=mnist:data/mnist",
        "data.side=64",
        "data.channels=3",
        "net.kind=mlp",
        "net.width=16",
        "net.latent=32",
        "loss.kind=minimax",
        "game.rule=simultaneous",
        "game.discriminator_steps=5",
        "optimizer.learning_rate=1e-3",
        "optimizer.beta1=0",
        "optimizer.beta2=0.9",
        "batch=8",
        "steps=7",
        "seed=-3",
        "ema.decay=0",
        "checkpoint.steps=0",
        "checkpoint.keep=1",
        "samples.steps=0"
      })
  void everyKeyThatScriptsRelyOnCanBeSetAndChangesItselfAlone(String assignment) {
    Recipe changed = new RecipeReader().set(assignment).recipe();
    String key = assignment.substring(0, assignment.indexOf('='));
    assertEquals(List.of(key), RecipeReader.differences(Recipe.DEFAULT, changed));
  }

  /** Also over a recipe whose file holds a small number in the place. */
  @Test
  void stepsAndSeedAreAsLargeAsALong() {
    for (String large : List.of("steps=99999999999", "seed=99999999999")) {
      Recipe recipe = new RecipeReader().overlay("steps: 5\nseed: 1\n", FILE).set(large).recipe();
      assertEquals(99_999_999_999L, large.startsWith("seed") ? recipe.seed() : recipe.steps());
    }
  }

  @Test
  void aDottedKeyInAFileIsRefusedWithTheRightForm() {
    RecipeException refused =
        assertThrows(RecipeException.class, () -> new RecipeReader().overlay("net.width: 8", FILE));
    assertEquals(
        "my.yaml: expected a key inside its group, found 'net.width' in one line\n"
            + "Write net: {width: …}, or the key on a separate line below its group.",
        refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "batch=2000000",
        "net.depth=65",
        "game.unrolled_steps=65",
        "game.discriminator_steps=1000000000",
        "samples.count=2000000000",
        "evaluation.samples=2000000000",
        "device.intra_op_threads=1000000000",
        "device.inter_op_threads=1025",
        "device.kind=gpu:99999999999"
      })
  void whatSizesAGraphOrAPoolHasAnUpperBound(String setting) {
    RecipeReader reader = new RecipeReader().set(setting);
    RecipeException refused = assertThrows(RecipeException.class, reader::recipe);
    assertTrue(refused.getMessage().startsWith(setting.replaceFirst("=.*", ": expected ")));
  }

  /** A recipe may come from anybody, and such a network may run any op. */
  @Test
  void aRecipeCannotTrustANetwork() {
    RecipeReader reader =
        new RecipeReader().set("evaluation.features=graph:a.pb#input=a,output=b,trust=true");
    RecipeException refused = assertThrows(RecipeException.class, reader::recipe);
    assertTrue(refused.getMessage().startsWith("evaluation.features: expected a network without"));
  }

  @Test
  void aLaterValueWinsOverAnEarlierOne() {
    Recipe recipe = new RecipeReader().overlay("batch: 8", FILE).set("batch=16").recipe();
    assertEquals(16, recipe.batch());
  }

  @Test
  void aRecipeWrittenAsYamlReadsBackTheSame() {
    Recipe recipe = TinyRecipe.with("optimizer.learning_rate=1.2345678e-4", "seed=-9");
    Recipe read = new RecipeReader().overlay(RecipeReader.yaml(recipe), FILE).recipe();
    assertEquals(recipe, read);
    assertEquals(List.of(), RecipeReader.differences(recipe, read));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing but a remark\n", "---\n"})
  void anEmptyFileIsTheDefault(String text) {
    assertEquals(Recipe.DEFAULT, new RecipeReader().overlay(text, FILE).recipe());
  }

  @ParameterizedTest
  @CsvSource({
    "optimiser.beta1, optimizer.beta1",
    "optimizer.betal, optimizer.beta1",
    "net.widht, net.width",
    "bach, batch",
    "batch.x, batch",
    "chekpoint.keep, checkpoint.keep",
    "loss, loss.kind",
    "., seed",
    "game..rule, game.rule",
    "game., game.rule"
  })
  void anUnknownKeyNamesTheNearest(String key, String nearest) {
    String message = refused(key + "=3");
    boolean group = message.contains(" is a group; expected keys below it, such as " + nearest);
    boolean unknown = message.contains("unknown key '" + key + "'; did you mean '" + nearest);
    assertEquals(true, group || unknown, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batch=eight       | set batch: expected a whole number, found \"eight\"",
        "batch=8.5         | set batch: expected a whole number, found 8.5",
        "batch=            | set batch: expected a whole number, found \"\"",
        "batch=true        | set batch: expected a whole number, found true",
        "batch=99999999999 | set batch: expected a whole number of at most 2147483647,"
            + " found 99999999999",
        "seed=9223372036854775808 | set seed: expected a whole number of at most"
            + " 9223372036854775807, found 9223372036854775808",
        "ema.decay=slow    | set ema.decay: expected a number, found \"slow\"",
        "ema.decay=NaN     | set ema.decay: expected a number, found \"NaN\"",
        "loss.halved=maybe | set loss.halved: expected true or false, found \"maybe\"",
        "optimizer=adam    | set optimizer: optimizer is a group; expected keys below it, such as"
            + " optimizer.kind, found \"adam\"",
        "batch             | set: expected key=value, found 'batch'",
        "=8                | set: expected key=value, found '=8'"
      })
  void aValueOfTheWrongTypeIsRefusedWithTheExpectedType(String assignment, String message) {
    assertEquals(message, refused(assignment));
  }

  @Test
  void textIsTakenAsItIsWritten() {
    for (String source : List.of("folder:/a b #c", "folder:/a: b", "012", "'x'", "null")) {
      Recipe recipe = new RecipeReader().set("data.source=" + source).recipe();
      assertEquals(source, recipe.data().source());
    }
  }

  @Test
  void anErrorInAFileNamesTheFileAndTheKey() {
    assertEquals(
        "my.yaml: unknown key 'net.widht'; did you mean 'net.width'?",
        refusedFile("net:\n  widht: 3\n"));
    assertEquals(
        "my.yaml: batch: expected a whole number, found \"many\"", refusedFile("batch: many\n"));
    assertEquals(
        "my.yaml: optimizer is a group; expected keys below it, such as optimizer.kind,"
            + " found 3",
        refusedFile("optimizer: 3\n"));
    assertEquals("my.yaml: unknown key '3'; did you mean 'seed'?", refusedFile("3: 4\n"));
  }

  @Test
  void aFileThatIsNoRecipeIsRefusedWithWhatWasFound() {
    assertEquals("my.yaml: expected keys and values, found [1,2]", refusedFile("- 1\n- 2\n"));
    assertEquals(
        "my.yaml: expected keys and values, found \"just text\"", refusedFile("just text"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batch: 8\\nsteps: [1\\nseed: 2\\n | while parsing a flow sequence (line 3)",
        "batch: 8\\n\\tsteps: 3\\n         | while scanning for the next token (line 1)",
        "batch: 8\\nseed: 1\\nbatch: 9\\n  | Duplicate field 'batch' (line 3)"
      })
  void aFileThatIsNotYamlIsRefusedWithTheLine(String text, String reason) {
    assertEquals("my.yaml: not YAML: " + reason, refusedFile(text.translateEscapes()));
  }

  @Test
  void aSecondDocumentInAFileIsNotPassedOverInSilence() {
    refusedFile("batch: 8\n---\nbatch: 9\n");
  }

  private static String refused(String assignment) {
    return assertThrows(
            SparringException.class, () -> new RecipeReader().set(assignment).recipe(), assignment)
        .getMessage();
  }

  private static String refusedFile(String text) {
    return assertThrows(
            RecipeException.class, () -> new RecipeReader().overlay(text, FILE).recipe(), text)
        .getMessage();
  }
}
