package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.natives.SessionOptions;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Models whose graphs were changed to read or write files. */
class HostileModelTest {
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
  void aModelThatWritesAFileBehindItsImagesIsRefusedBeforeItRuns() throws IOException {
    Path written = folder.resolve("written");
    model.change(meta -> behindImages(meta, nodes("WriteFile", written.toString(), "evil")));
    String message = model.refusal();
    assertTrue(message.contains("WriteFile"), message);
    assertTrue(message.contains("allow any op"), message);
    assertFalse(Files.exists(written));
    // the danger is real: with any op allowed, a sample writes the file
    try (GeneratorModel trusted =
        GeneratorModel.load(model.folder, SessionOptions.CPU, OpPolicy.ANY)) {
      trusted.sample(1, 1);
    }
    assertEquals("evil", Files.readString(written));
  }

  @Test
  void aModelThatSavesItsVariablesBehindItsImagesIsRefused() throws IOException {
    model.change(
        meta -> {
          NodeDef save = named(meta, "SaveV2");
          behindImages(meta, List.of(save.toBuilder().setName("again").build()));
        });
    assertTrue(model.refusal().contains("SaveV2"));
  }

  @Test
  void aModelThatRestoresFromAnotherFileIsRefused() throws IOException {
    model.change(
        meta -> {
          GraphDef.Builder definition = meta.getGraphDefBuilder();
          definition.addNode(text("elsewhere", "/etc/other"));
          for (NodeDef.Builder node : definition.getNodeBuilderList()) {
            if (node.getOp().equals("RestoreV2")) {
              node.setInput(0, "elsewhere");
            }
          }
        });
    assertTrue(model.refusal().contains("RestoreV2"));
  }

  @Test
  void aModelThatWritesAFileWhenItIsLoadedIsRefused() throws IOException {
    Path written = folder.resolve("written");
    model.change(
        meta -> {
          List<NodeDef> evil = nodes("WriteFile", written.toString(), "evil");
          meta.getGraphDefBuilder().addAllNode(evil);
          meta.putCollectionDef(
              "saved_model_main_op",
              org.tensorflow.proto.CollectionDef.newBuilder()
                  .setNodeList(
                      org.tensorflow.proto.CollectionDef.NodeList.newBuilder()
                          .addValue(evil.get(evil.size() - 1).getName()))
                  .build());
        });
    assertTrue(model.refusal().contains("WriteFile"));
    assertFalse(Files.exists(written));
  }

  @Test
  void aRestoreWithoutInputsIsRefused() throws IOException {
    model.change(
        meta ->
            meta.getGraphDefBuilder().getNodeBuilderList().stream()
                .filter(node -> node.getOp().equals("RestoreV2"))
                .forEach(NodeDef.Builder::clearInput));
    assertTrue(model.refusal().contains("RestoreV2"));
  }

  /** The loader names no file for what it runs at first: a constant in the graph would. */
  @Test
  void aRestoreThatTheLoaderDoesNotNameAFileForIsRefused() throws IOException {
    model.change(
        meta -> {
          String restore = meta.getSaverDef().getRestoreOpName();
          CollectionDef.Builder main = CollectionDef.newBuilder();
          main.getNodeListBuilder().addValue(restore);
          meta.putCollectionDef("saved_model_main_op", main.build());
        });
    assertTrue(model.refusal().contains("RestoreV2"), model.refusal());
  }

  @Test
  void aFunctionIsSearchedToo() throws IOException {
    model.change(
        meta ->
            meta.getGraphDefBuilder()
                .getLibraryBuilder()
                .addFunctionBuilder()
                .addAllNodeDef(nodes("ReadFile", "/etc/passwd")));
    assertTrue(model.refusal().contains("ReadFile"));
  }

  private static void behindImages(MetaGraphDef.Builder meta, List<NodeDef> evil) {
    String last = evil.get(evil.size() - 1).getName();
    GraphDef.Builder definition = meta.getGraphDefBuilder();
    meta.getSignatureDefMap()
        .values()
        .forEach(
            signature -> {
              if (signature.containsOutputs("images")) {
                String images = signature.getOutputsOrThrow("images").getName();
                definition.getNodeBuilderList().stream()
                    .filter(node -> images.startsWith(node.getName() + ":"))
                    .forEach(node -> node.addInput("^" + last));
              }
            });
    definition.addAllNode(evil);
  }

  private static NodeDef named(MetaGraphDef.Builder meta, String op) {
    return meta.getGraphDef().getNodeList().stream()
        .filter(node -> node.getOp().equals(op))
        .findFirst()
        .orElseThrow();
  }

  /** An op of constant texts, and the constants. */
  private static List<NodeDef> nodes(String op, String... texts) {
    List<NodeDef> nodes = new ArrayList<>();
    NodeDef.Builder node = NodeDef.newBuilder().setName("evil").setOp(op);
    for (int i = 0; i < texts.length; i++) {
      nodes.add(text("text" + i, texts[i]));
      node.addInput("text" + i);
    }
    nodes.add(node.build());
    return nodes;
  }

  private static NodeDef text(String name, String text) {
    TensorProto value =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addStringVal(ByteString.copyFromUtf8(text))
            .build();
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_STRING).build())
        .putAttr("value", AttrValue.newBuilder().setTensor(value).build())
        .build();
  }
}
