package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.ModelException;
import org.sparring.exports.Checksums;
import org.sparring.exports.ModelDescription;
import org.sparring.exports.ModelOrigin;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.Latent;
import org.sparring.training.TinyRun;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.VariableDef;

/** What an exported model says of itself, beside its graph and in it. */
class ModelDescriptionTest {
  private static final ModelOrigin ORIGIN =
      new ModelOrigin(
          Map.of("net", Map.of("kind", "dcgan"), "batch", 4),
          new ModelOrigin.Data("tiny train", "00ff", "Tiny: MIT"));

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void export() {
    TinyModels.conditional(folder).close();
    model = folder.resolve("saved_model");
  }

  @Test
  void aModelSaysHowItWasMade() {
    Path other = folder.resolve("other");
    TinyModels.plain(folder.resolve("plain")).close();
    new GeneratorExport(
            TinyRun.NETS::generator, new Latent(TinyRun.LATENT, Latent.Distribution.NORMAL))
        .from(ORIGIN)
        .write(
            folder.resolve("plain/checkpoint"),
            other,
            new GeneratorExport.Form(false, Precision.FLOAT16));
    ModelDescription found = ModelDescription.read(other).orElseThrow();
    assertTrue(found.engine().matches("\\d+\\.\\d+\\.\\d+.*"), found.engine());
    assertEquals(TensorFlow.version(), found.tensorflow());
    assertEquals("last", found.weights());
    assertEquals("float16", found.precision());
    assertEquals(List.of(), found.labelNames());
    assertEquals(ORIGIN.data(), found.data());
    assertEquals(ORIGIN.recipe(), found.recipe());
  }

  @Test
  void labelNamesAreThoseOfTheGraph() throws IOException {
    assertEquals(10, ModelDescription.read(model).orElseThrow().labelNames().size());
    rewrite("\"0\", \"1\"", "\"zero\", \"1\"");
    String message = assertThrows(ModelException.class, this::load).getMessage();
    assertTrue(message.contains("expected the label names [0, 1"), message);
    assertTrue(message.contains("found [zero, 1"), message);
  }

  @Test
  void aDamagedDescriptionIsRefused() throws IOException {
    Path file = model.resolve(ModelDescription.FILE);
    for (String damaged : new String[] {"", "null", "[]", "{\"label_names\": [null]}", "{"}) {
      Files.writeString(file, damaged);
      Checksums.write(model);
      String message = assertThrows(ModelException.class, this::load, damaged).getMessage();
      assertTrue(message.startsWith(file + ": expected the description"), message);
    }
  }

  @Test
  void anotherDescriptionIsNoticedByTheChecksums() throws IOException {
    Path file = model.resolve(ModelDescription.FILE);
    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"licence\" : \"unknown\"", "\"licence\" : \"CC0\""));
    assertTrue(assertThrows(ModelException.class, this::load).getMessage().contains("damaged"));
    Files.delete(file);
    Checksums.write(model); // as of an earlier version
    Files.writeString(file, text);
    String added = assertThrows(ModelException.class, this::load).getMessage();
    assertTrue(added.contains("expected a file that is listed"), added);
  }

  @Test
  void aModelOfAnEarlierVersionGivesTheSamePixels() throws IOException {
    float[] now = sample();
    Files.delete(model.resolve(ModelDescription.FILE));
    MetaGraphDef meta = meta();
    MetaGraphDef.Builder earlier = meta.toBuilder().clearCollectionDef();
    earlier.getMetaInfoDefBuilder().clearTensorflowVersion();
    Files.write(
        model.resolve("saved_model.pb"),
        SavedModel.newBuilder()
            .setSavedModelSchemaVersion(1)
            .addMetaGraphs(earlier)
            .build()
            .toByteArray());
    Checksums.write(model);
    assertArrayEquals(now, sample());
    assertTrue(ModelDescription.read(model).isEmpty());
  }

  @Test
  void theShippedGeneratorsSayHowTheyWereMade() throws IOException {
    try (Stream<Path> models = Files.list(Path.of("models"))) {
      List<Path> generators =
          models
              .map(shipped -> shipped.resolve("saved_model"))
              .filter(shipped -> Files.exists(shipped.resolveSibling("recipe.yaml")))
              .filter(Files::exists)
              .toList();
      assertEquals(8, generators.size());
      for (Path shipped : generators) {
        LoadedModel.check(shipped, OpPolicy.KNOWN);
        ModelDescription found = ModelDescription.read(shipped).orElseThrow();
        assertNotEquals("unknown", found.data().licence(), shipped::toString);
        assertTrue(found.recipe().containsKey("net"), shipped::toString);
      }
    }
  }

  @Test
  void theGraphListsItsVariablesAndItsTensorFlow() throws IOException {
    MetaGraphDef meta = meta();
    assertEquals(TensorFlow.version(), meta.getMetaInfoDef().getTensorflowVersion());
    assertEquals(List.of("serve"), meta.getMetaInfoDef().getTagsList());
    List<VariableDef> all = variables(meta, "variables");
    List<VariableDef> trainable = variables(meta, "trainable_variables");
    assertEquals(all.stream().filter(VariableDef::getTrainable).toList(), trainable);
    assertTrue(trainable.size() < all.size(), "batch statistics are not trainable");
    List<String> nodes = meta.getGraphDef().getNodeList().stream().map(NodeDef::getName).toList();
    for (VariableDef variable : all) {
      assertTrue(variable.getIsResource());
      assertTrue(nodes.contains(variable.getInitializerName()), variable::toString);
      for (String tensor :
          List.of(
              variable.getVariableName(),
              variable.getInitialValueName(),
              variable.getSnapshotName())) {
        assertTrue(nodes.contains(tensor.substring(0, tensor.indexOf(':'))), variable::toString);
      }
    }
  }

  private MetaGraphDef meta() throws IOException {
    return SavedModel.parseFrom(Files.readAllBytes(model.resolve("saved_model.pb")))
        .getMetaGraphs(0);
  }

  private static List<VariableDef> variables(MetaGraphDef meta, String collection)
      throws InvalidProtocolBufferException {
    List<VariableDef> variables = new ArrayList<>();
    for (var bytes : meta.getCollectionDefOrThrow(collection).getBytesList().getValueList()) {
      variables.add(VariableDef.parseFrom(bytes));
    }
    return variables;
  }

  private void rewrite(String text, String other) throws IOException {
    Path file = model.resolve(ModelDescription.FILE);
    String before = Files.readString(file);
    assertTrue(before.contains(text), before);
    Files.writeString(file, before.replace(text, other));
    Checksums.write(model);
  }

  private float[] sample() {
    try (GeneratorModel loaded = load()) {
      return loaded.sample(3, new int[] {1, 2, 3}).values();
    }
  }

  private GeneratorModel load() {
    return GeneratorModel.load(model, SessionOptions.CPU);
  }
}
