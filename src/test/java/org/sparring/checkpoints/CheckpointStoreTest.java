package org.sparring.checkpoints;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.CheckpointException;
import org.sparring.graph.Owner;
import org.sparring.graph.SaveNodes;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class CheckpointStoreTest {
  private static final String DATA = "variables.data-00000-of-00001";

  /** Bytes of a path, of Linux: PATH_MAX less the byte that ends it. */
  private static final int LONGEST_PATH = 4095;

  @TempDir Path temporary;

  private final ScratchGraph graph = new ScratchGraph();
  private Path folder;
  private Variable<TFloat32> weight;

  @BeforeEach
  void makeGraph() {
    folder = temporary.resolve("checkpoints");
    weight = graph.variables().state(Owner.GENERATOR, "weight", Shape.of(3), 1);
    SaveNodes.add(graph.tf(), graph.variables().all());
    graph.initialize();
  }

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void whatWasSavedIsFoundAndRestored() {
    CheckpointStore store = new CheckpointStore(folder, 3);
    assertEquals(Optional.empty(), store.latest());
    assign(5, 6, 7);
    Checkpoint saved = save(store, 40, 1.5);
    assign(0, 0, 0);
    Checkpoint found = store.latest().orElseThrow();
    found.restore(graph.session());
    assertArrayEquals(new float[] {5, 6, 7}, graph.floats(weight.read(graph.tf())));
    assertEquals(saved, found);
    assertEquals(folder.resolve("step-00000040"), found.folder());
    assertEquals(40, found.manifest().step());
    assertEquals(0.16, found.manifest().kimg());
    assertEquals("weights", found.manifest().weightsSha256());
    assertEquals(12L, found.manifest().files().get(DATA));
  }

  @Test
  void theNewestStayAndTheBestBesides() {
    CheckpointStore store = new CheckpointStore(folder, 2);
    double[] scores = {3, 1, 2, 5, 4};
    for (int i = 0; i < scores.length; i++) {
      save(store, 10L * (i + 1), scores[i]);
    }
    assertEquals(List.of("step-00000020", "step-00000040", "step-00000050"), names());
    assertEquals(20, store.best().orElseThrow().manifest().step());
    assertEquals(50, store.latest().orElseThrow().manifest().step());
  }

  @Test
  void withoutScoresTheNewestAloneStay() {
    CheckpointStore store = new CheckpointStore(folder, 1);
    save(store, 10, null);
    save(store, 20, null);
    assertEquals(List.of("step-00000020"), names());
    assertEquals(Optional.empty(), store.best());
  }

  /**
   * Its paths are as long as a path may be: out of sight, where they are nine letters longer,
   * nobody can delete them, not even root.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void anOldCheckpointThatCannotBeDeletedIsTold() throws IOException {
    List<String> notices = new ArrayList<>();
    CheckpointStore store = new CheckpointStore(folder, 1, notices::add);
    Path old = save(store, 10, null).folder();
    Path deep = old;
    while (LONGEST_PATH - deep.toString().length() > 240) {
      deep = deep.resolve("d".repeat(200));
    }
    deep = deep.resolve("d".repeat(LONGEST_PATH - deep.toString().length() - 1));
    Files.createDirectories(deep);
    Path hidden = folder.resolve(".writing-" + old.getFileName());
    try {
      save(store, 20, 1.0);
      assertEquals(1, notices.size(), notices + "");
      String notice = notices.get(0);
      assertTrue(notice.startsWith("an old checkpoint cannot be deleted: "), notice);
      assertTrue(notice.endsWith("File name too long"), notice);
      assertEquals(20, store.latest().orElseThrow().manifest().step());
      assertEquals(20, save(store, 20, null).manifest().step(), "the next is saved too");
    } finally {
      if (Files.exists(hidden)) {
        Files.move(hidden, temporary.resolve("short")); // where it can be deleted
      }
    }
  }

  @Test
  void stepsAreOrderedByNumberAndNotByName() {
    CheckpointStore store = new CheckpointStore(folder, 9);
    save(store, 99_999_999, null);
    save(store, 100_000_000, null);
    save(store, 5, null);
    assertEquals(100_000_000, store.latest().orElseThrow().manifest().step());
  }

  /** Its files were damaged, the run resumed from the one before, and saves again. */
  @Test
  void aCheckpointThatWasPassedOverDoesNotPushOutTheNextOne() throws IOException {
    CheckpointStore store = new CheckpointStore(folder, 1);
    save(store, 20, 1.0);
    Path damaged = save(store, 30, null).folder();
    Files.writeString(damaged.resolve(DATA), "damaged");
    assertEquals(20, store.latest().orElseThrow().manifest().step());
    save(store, 25, null);
    assertEquals(25, store.latest().orElseThrow().manifest().step());
    assertEquals(List.of("step-00000020", "step-00000025"), names());
  }

  @Test
  void savingAStepAgainReplacesIt() {
    CheckpointStore store = new CheckpointStore(folder, 3);
    save(store, 10, null);
    assign(9, 9, 9);
    save(store, 10, 1.0).restore(graph.session());
    assertEquals(List.of("step-00000010"), names());
    assertArrayEquals(new float[] {9, 9, 9}, graph.floats(weight.read(graph.tf())));
  }

  @Test
  void aHalfWrittenFolderIsNotListedAndDoesNotHinderTheNext() throws IOException {
    CheckpointStore store = new CheckpointStore(folder, 3);
    Path half = Files.createDirectories(folder.resolve(".writing-step-00000020"));
    Files.writeString(half.resolve(DATA), "half");
    assertEquals(Optional.empty(), store.latest());
    save(store, 10, null);
    assertEquals(10, store.latest().orElseThrow().manifest().step());
    save(store, 20, null);
    assertEquals(20, store.latest().orElseThrow().manifest().step());
    assertTrue(Files.notExists(half));
  }

  @Test
  void aTruncatedFileIsNamedWithWhatWasExpected() throws IOException {
    Path saved = save(new CheckpointStore(folder, 3), 10, null).folder();
    try (var channel = Files.newByteChannel(saved.resolve(DATA), StandardOpenOption.WRITE)) {
      channel.truncate(7);
    }
    assertRefused(saved, DATA + ": expected 12 bytes, found 7\n", "Delete the folder " + saved);
    Files.delete(saved.resolve(DATA));
    assertRefused(saved, "expected 12 bytes, found no file\n");
  }

  @Test
  void aManifestThatIsMissingIsNamed() throws IOException {
    Path saved = save(new CheckpointStore(folder, 3), 10, null).folder();
    Files.delete(saved.resolve("manifest.json"));
    assertRefused(saved, "manifest.json: expected a checkpoint's manifest, found ", "Delete the");
  }

  @Test
  void aManifestOfAnotherFormatIsNamed() throws IOException {
    Path saved = save(new CheckpointStore(folder, 3), 10, null).folder();
    Path manifest = saved.resolve("manifest.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replaceFirst("\"format\" : 1", "\"format\" : 2"));
    assertRefused(saved, "manifest.json: expected format 1, found 2");
  }

  @Test
  void aManifestThatIsNoJsonIsNamed() throws IOException {
    Path saved = save(new CheckpointStore(folder, 3), 10, null).folder();
    for (String text : List.of("step 10", "", "[1]", "{\"format\": 1, \"step\": ")) {
      Files.writeString(saved.resolve("manifest.json"), text);
      assertRefused(saved, "manifest.json: expected a checkpoint's manifest, found ");
    }
  }

  @Test
  void aManifestWithoutItsFilesIsRefused() throws IOException {
    Path saved = save(new CheckpointStore(folder, 3), 10, null).folder();
    Files.writeString(saved.resolve("manifest.json"), "{\"format\": 1, \"step\": 10}");
    assertRefused(saved, "manifest.json: expected a checkpoint's manifest, found ");
  }

  @Test
  void anOlderCheckpointThatIsDamagedDoesNotKeepTheNextFromBeingWritten() throws IOException {
    CheckpointStore store = new CheckpointStore(folder, 2);
    Files.delete(save(store, 10, 1.0).folder().resolve(DATA));
    save(store, 20, 2.0);
    save(store, 30, 3.0);
    save(store, 40, 4.0);
    assertEquals(40, store.latest().orElseThrow().manifest().step());
    assertEquals(20, store.best().orElseThrow().manifest().step());
  }

  /** The next checkpoint is of an older step; the damaged one would be the newest for ever. */
  @Test
  void aDamagedCheckpointThatWasPassedOverGoesAndOneThatCannotBeReadStays() {
    CheckpointStore store = new CheckpointStore(folder, 1);
    Path damaged = save(store, 30, null).folder();
    store.passOver(damaged, new CheckpointException("another content"));
    save(store, 10, null);
    assertEquals(List.of("step-00000010"), names());
    Path unreadable = save(new CheckpointStore(folder, 2), 30, null).folder();
    IOException system = new IOException("Too many open files");
    store.passOver(unreadable, new CheckpointException("cannot be read", system));
    save(store, 20, null);
    assertEquals(List.of("step-00000020", "step-00000030"), names());
    assertEquals(30, store.latest().orElseThrow().manifest().step());
  }

  /** A run may come from anybody. */
  @Test
  void aCheckpointThatIsALinkIsNone() throws IOException {
    CheckpointStore store = new CheckpointStore(folder, 3);
    Path saved = save(store, 10, null).folder();
    Files.createSymbolicLink(folder.resolve("step-00000020"), saved);
    assertEquals(List.of(saved), store.all());
    Path data = saved.resolve(DATA);
    Files.move(data, folder.resolve("elsewhere"));
    Files.createSymbolicLink(data, folder.resolve("elsewhere"));
    assertRefused(saved, "expected files in its folder");
  }

  @Test
  void aManifestThatSaysLessThanItMustIsDamaged() throws IOException {
    Path saved = save(new CheckpointStore(folder, 3), 10, null).folder();
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
    Checkpoint saved = save(new CheckpointStore(folder, 3), 10, null);
    assertUnfit(saved, "other", 3);
    assertUnfit(saved, "weight", 4);
  }

  @Test
  void damagedBytesOfTheRightLengthAreRefused() throws IOException {
    Checkpoint saved = save(new CheckpointStore(folder, 3), 10, null);
    Files.write(saved.folder().resolve(DATA), new byte[12]);
    var e = assertThrows(CheckpointException.class, () -> saved.restore(graph.session()));
    assertTrue(e.getMessage().contains("does not fit this run or is damaged"), e.getMessage());
  }

  @Test
  void keepingNoneIsRefused() {
    var e = assertThrows(CheckpointException.class, () -> new CheckpointStore(folder, 0));
    assertEquals("at least 1 checkpoint must be kept, found 0", e.getMessage());
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

  private Checkpoint save(CheckpointStore store, long step, Double score) {
    Manifest manifest = Manifest.of(step, step * 0.004, 1, "weights", "data", score);
    return store.save(graph.session(), manifest);
  }

  private void assign(float... values) {
    graph.run(weight.assign(graph.tf(), graph.tf().constant(values)));
  }

  private List<String> names() {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(p -> p.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
