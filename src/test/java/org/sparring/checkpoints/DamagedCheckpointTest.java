package org.sparring.checkpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.CheckpointException;
import org.sparring.graph.Owner;
import org.sparring.graph.SaveNodes;
import org.sparring.graph.ScratchGraph;
import org.tensorflow.ndarray.Shape;

/** Checkpoints with damaged files or manifests, or of another architecture. */
class DamagedCheckpointTest {
  private static final String DATA = "variables.data-00000-of-00001";

  @TempDir private Path temporary;

  private final OneWeightGraph graph = new OneWeightGraph();
  private Path folder;

  @BeforeEach
  void nameTheFolder() {
    folder = temporary.resolve("checkpoints");
  }

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void aTruncatedFileIsNamedWithWhatWasExpected() throws IOException {
    Path saved = graph.save(new CheckpointStore(folder, 3), 10, null).folder();
    try (var channel = Files.newByteChannel(saved.resolve(DATA), StandardOpenOption.WRITE)) {
      channel.truncate(7);
    }
    assertRefused(saved, DATA + ": expected 12 bytes, found 7\n", "Delete the folder " + saved);
    Files.delete(saved.resolve(DATA));
    assertRefused(saved, "expected 12 bytes, found no file\n");
  }

  @Test
  void aManifestThatIsMissingIsNamed() throws IOException {
    Path saved = graph.save(new CheckpointStore(folder, 3), 10, null).folder();
    Files.delete(saved.resolve("manifest.json"));
    assertRefused(saved, "manifest.json: expected a checkpoint's manifest, found ", "Delete the");
  }

  @Test
  void aManifestOfAnotherFormatIsNamed() throws IOException {
    Path saved = graph.save(new CheckpointStore(folder, 3), 10, null).folder();
    Path manifest = saved.resolve("manifest.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replaceFirst("\"format\" : 1", "\"format\" : 2"));
    assertRefused(saved, "manifest.json: expected format 1, found 2");
  }

  @Test
  void aManifestThatIsNoJsonIsNamed() throws IOException {
    Path saved = graph.save(new CheckpointStore(folder, 3), 10, null).folder();
    for (String text : List.of("step 10", "", "[1]", "{\"format\": 1, \"step\": ")) {
      Files.writeString(saved.resolve("manifest.json"), text);
      assertRefused(saved, "manifest.json: expected a checkpoint's manifest, found ");
    }
  }

  @Test
  void aManifestWithoutItsFilesIsRefused() throws IOException {
    Path saved = graph.save(new CheckpointStore(folder, 3), 10, null).folder();
    Files.writeString(saved.resolve("manifest.json"), "{\"format\": 1, \"step\": 10}");
    assertRefused(saved, "manifest.json: expected a checkpoint's manifest, found ");
  }

  /** A run may come from anybody. */
  @Test
  void aCheckpointThatIsALinkIsNone() throws IOException {
    CheckpointStore store = new CheckpointStore(folder, 3);
    Path saved = graph.save(store, 10, null).folder();
    Files.createSymbolicLink(folder.resolve("step-00000020"), saved);
    assertEquals(List.of(saved), store.all());
    Path data = saved.resolve(DATA);
    Files.move(data, folder.resolve("elsewhere"));
    Files.createSymbolicLink(data, folder.resolve("elsewhere"));
    assertRefused(saved, "expected files in its folder");
  }

  @Test
  void aManifestThatSaysLessThanItMustIsDamaged() throws IOException {
    Path saved = graph.save(new CheckpointStore(folder, 3), 10, null).folder();
    Path manifest = saved.resolve("manifest.json");
    String whole = Files.readString(manifest).replaceFirst("(?s),\\s*\"files_sha256\".*", "}");
    for (String change : List.of("\\d+", "weights_sha256", "data_sha256")) {
      String text =
          change.contains("_")
              ? whole.replace(change, "another_key")
              : whole.replaceFirst("(\"files\" : \\{\\s*\"[^\"]+\" : )\\d+", "$1null");
      Files.writeString(manifest, text);
      assertRefused(saved, "manifest.json: expected a checkpoint's manifest, found ");
    }
    Files.writeString(manifest, "null");
    assertRefused(saved, "found null");
  }

  @Test
  void anotherArchitecturesGraphIsRefused() {
    Checkpoint saved = graph.save(new CheckpointStore(folder, 3), 10, null);
    assertUnfit(saved, "other", 3);
    assertUnfit(saved, "weight", 4);
  }

  @Test
  void damagedBytesOfTheRightLengthAreRefused() throws IOException {
    Checkpoint saved = graph.save(new CheckpointStore(folder, 3), 10, null);
    Files.write(saved.folder().resolve(DATA), new byte[12]);
    var e = assertThrows(CheckpointException.class, () -> saved.restore(graph.session()));
    assertTrue(e.getMessage().contains("does not fit this run or is damaged"), e.getMessage());
  }

  private void assertUnfit(Checkpoint saved, String name, int size) {
    try (ScratchGraph other = new ScratchGraph()) {
      other.variables().state(Owner.GENERATOR, name, Shape.of(size), 1);
      SaveNodes.add(other.tf(), other.variables().all());
      var e = assertThrows(CheckpointException.class, () -> saved.restore(other.session()));
      assertTrue(
          e.getMessage().startsWith("checkpoint " + saved.folder() + " does not fit this run"),
          e.getMessage());
      assertEquals(1, e.getMessage().lines().count());
    }
  }

  private static void assertRefused(Path saved, String... parts) {
    var e = assertThrows(CheckpointException.class, () -> CheckpointStore.read(saved));
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }
}
