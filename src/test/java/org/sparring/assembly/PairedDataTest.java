package org.sparring.assembly;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.batches.RealSamples;
import org.sparring.data.Dataset;
import org.sparring.datasets.DataSources;
import org.sparring.folders.Folders;
import org.sparring.graph.Batch;
import org.sparring.graph.ScratchGraph;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.replicas.Replica;
import org.sparring.tasks.Task;
import org.tensorflow.ndarray.Shape;

/** From a recipe to minibatches of pairs and of two domains. */
class PairedDataTest {
  private static final int BATCH = 8;

  @TempDir private Path root;

  @BeforeEach
  void write() throws IOException {
    String[] names = new String[12];
    for (int i = 0; i < 6; i++) {
      names[i] = "a/" + i + ".png";
      names[6 + i] = "b/" + i + ".png";
    }
    Folders.write(root, Folders.images(names));
  }

  @Test
  void pairsAreOneDataSetWithAHeldOutPart() {
    TaskData data = data(recipe("pairs", "data.held_out=2"));
    assertEquals(Set.of(Task.DATA), data.byName().keySet());
    assertEquals(Task.DATA, DataSources.DATA);
    assertEquals(4, data.size());
    assertEquals(2, data.heldOut().orElseThrow().size());
    assertTrue(data(recipe("pairs")).heldOut().isEmpty());
    assertNotEquals(data(recipe("pairs")).contentHash(), data.contentHash());
    assertNotEquals(data(recipe("pairs", "data.held_out=3")).contentHash(), data.contentHash());
  }

  @Test
  void domainsAreTwoDataSetsWithHeldOutParts() {
    TaskData data = data(recipe("domains", "data.held_out=2"));
    assertEquals(List.of("a", "b"), List.copyOf(data.byName().keySet()));
    TaskData held = data.heldOut().orElseThrow();
    assertEquals(List.of("a", "b"), List.copyOf(held.byName().keySet()));
    assertEquals(List.of(2, 2), held.byName().values().stream().map(Dataset::size).toList());
  }

  /** The folders hold the same images, so that both fields of a pair are to be equal. */
  @Test
  void bothImagesAreVariedAlikeAndDevicesShareTheMinibatch() throws IOException {
    for (int i = 0; i < 6; i++) {
      Files.copy(
          root.resolve("a/" + i + ".png"),
          root.resolve("b/" + i + ".png"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Recipe recipe = recipe("pairs", "data.crop=3", "data.turn=true", "data.mirror=true");
    List<float[]> one = shown(recipe, Replica.SINGLE);
    assertArrayEquals(one.get(0), one.get(1));
    float[] plain = shown(recipe("pairs", "data.crop=3"), Replica.SINGLE).get(0);
    assertFalse(Arrays.equals(plain, one.get(0)));
    float[] joined = new float[one.get(0).length];
    for (int rank = 0; rank < 2; rank++) {
      float[] own = shown(recipe, new Replica(rank, 2)).get(1);
      System.arraycopy(own, 0, joined, rank * own.length, own.length);
    }
    assertArrayEquals(one.get(0), joined);
  }

  private List<float[]> shown(Recipe recipe, Replica replica) {
    Dataset pairs = data(recipe).get(Task.DATA);
    try (ScratchGraph own = new ScratchGraph()) {
      var tf = own.tf();
      RealSamples samples =
          new SamplesInGraph(recipe, replica).of(Task.DATA, pairs, List.of("b")).make(tf, null);
      long position = replica.offset(3, BATCH / replica.count());
      Batch batch = samples.batch(tf, tf.constant(position));
      assertEquals(Shape.of(BATCH / replica.count(), 3, 3, 3), batch.floats("a").shape());
      samples.load(own.session());
      return own.floats(List.of(batch.floats("a"), batch.floats("b")));
    }
  }

  private static TaskData data(Recipe recipe) {
    return new Assembly(recipe).data();
  }

  private Recipe recipe(String kind, String... settings) {
    RecipeReader reader =
        new RecipeReader()
            .set("data.source=" + kind + ":" + root + "#a,b")
            .set("data.side=4")
            .set("data.channels=3")
            .set("batch=" + BATCH);
    for (String setting : settings) {
      reader.set(setting);
    }
    return reader.recipe();
  }
}
