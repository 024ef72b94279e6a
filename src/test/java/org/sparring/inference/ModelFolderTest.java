package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.ModelException;
import org.sparring.exports.ModelFolder;
import org.sparring.natives.SessionOptions;

/** Checksums, links and further files in the folder of a model. */
class ModelFolderTest {
  @TempDir private static Path shared;
  private static Path original;

  @TempDir private Path folder;
  private TamperedModel model;

  @BeforeAll
  static void export() {
    original = TamperedModel.export(shared);
  }

  @BeforeEach
  void copy() throws IOException {
    model = new TamperedModel(original, folder);
  }

  @Test
  void aFileThatDiffersFromItsChecksumIsNamed() throws IOException {
    for (String name : List.of("saved_model.pb", "variables/variables.data-00000-of-00001")) {
      model = new TamperedModel(original, folder);
      byte[] bytes = Files.readAllBytes(model.folder.resolve(name));
      bytes[bytes.length / 2] ^= 4;
      Files.write(model.folder.resolve(name), bytes);
      assertTrue(
          model.refusal().startsWith(model.folder.resolve(name) + ": expected the content"),
          model.refusal());
    }
    model = new TamperedModel(original, folder);
    Files.writeString(model.folder.resolve("variables/added"), "");
    assertTrue(model.refusal().contains("listed in sha256sums.txt"));
  }

  @Test
  void aModelFolderIsNotFollowedOutOfThroughALink() throws IOException {
    Files.delete(model.graph);
    Files.createSymbolicLink(model.graph, original.resolve("saved_model.pb"));
    assertTrue(model.refusal().contains("a link that leads out of it"), model.refusal());
  }

  /** A run may come from anybody; its model is its own. */
  @Test
  void aRunWhoseModelIsALinkOutOfItIsRefused() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.createSymbolicLink(run.resolve("saved_model"), original);
    ModelException refused =
        assertThrows(ModelException.class, () -> GeneratorModel.load(run, SessionOptions.CPU));
    assertTrue(refused.getMessage().contains("a link that leads out of it"), refused.getMessage());
  }

  /** As services name the model that they use now. */
  @Test
  void aLinkToAModelIsAModel() throws IOException {
    Path current = Files.createSymbolicLink(folder.resolve("current"), model.folder);
    GeneratorModel.load(current, SessionOptions.CPU).close();
  }

  @Test
  void filesThatTensorFlowDoesNotReadMayLieInAModelFolder() throws IOException {
    Files.writeString(model.folder.resolve("README.md"), "of the user");
    GeneratorModel.load(model.folder, SessionOptions.CPU).close();
    Files.writeString(model.folder.resolve("saved_model.cpb"), "another graph");
    assertTrue(model.refusal().contains("found one that is not"), model.refusal());
  }

  @Test
  void theNearestFolderIsNamed(@TempDir Path parent) throws IOException {
    Files.createDirectories(parent.resolve("conditional-mnist"));
    Files.createDirectories(parent.resolve("dcgan-mnist"));
    String message =
        assertThrows(
                ModelException.class, () -> ModelFolder.find(parent.resolve("condtional-mnist")))
            .getMessage();
    assertTrue(message.contains("the nearest is " + parent.resolve("conditional-mnist")), message);
    String far =
        assertThrows(ModelException.class, () -> ModelFolder.find(parent.resolve("elephant")))
            .getMessage();
    assertFalse(far.contains("nearest"), far);
  }
}
