package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.ModelException;
import org.sparring.exports.Checksums;
import org.sparring.natives.SessionOptions;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Models that were made to do more than compute, and models that were damaged. */
class HostileModelTest {
  @TempDir private static Path shared;
  private static Path original;

  @TempDir private Path folder;
  private Path model;
  private Path graph;

  @BeforeAll
  static void export() {
    TinyModels.plain(shared).close();
    original = shared.resolve("saved_model");
  }

  @BeforeEach
  void copy() throws IOException {
    model = folder.resolve("saved_model");
    graph = model.resolve("saved_model.pb");
    FileUtils.copyDirectory(original.toFile(), model.toFile());
  }

  @Test
  void aModelThatWritesAFileBehindItsImagesIsRefusedBeforeItRuns() throws IOException {
    Path written = folder.resolve("written");
    change(meta -> behindImages(meta, nodes("WriteFile", written.toString(), "evil")));
    String message = refused();
    assertTrue(message.contains("WriteFile"), message);
    assertTrue(message.contains("allow any op"), message);
    assertFalse(Files.exists(written));
    // the danger is real: with any op allowed, a sample writes the file
    try (GeneratorModel trusted = GeneratorModel.load(model, SessionOptions.CPU, OpPolicy.ANY)) {
      trusted.sample(1, 1);
    }
    assertEquals("evil", Files.readString(written));
  }

  @Test
  void aModelThatSavesItsVariablesBehindItsImagesIsRefused() throws IOException {
    change(
        meta -> {
          NodeDef save = named(meta, "SaveV2");
          behindImages(meta, List.of(save.toBuilder().setName("again").build()));
        });
    assertTrue(refused().contains("SaveV2"));
  }

  @Test
  void aModelThatRestoresFromAnotherFileIsRefused() throws IOException {
    change(
        meta -> {
          GraphDef.Builder definition = meta.getGraphDefBuilder();
          definition.addNode(text("elsewhere", "/etc/other"));
          for (NodeDef.Builder node : definition.getNodeBuilderList()) {
            if (node.getOp().equals("RestoreV2")) {
              node.setInput(0, "elsewhere");
            }
          }
        });
    assertTrue(refused().contains("RestoreV2"));
  }

  @Test
  void aModelThatWritesAFileWhenItIsLoadedIsRefused() throws IOException {
    Path written = folder.resolve("written");
    change(
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
    assertTrue(refused().contains("WriteFile"));
    assertFalse(Files.exists(written));
  }

  /** It would be read into memory before its ops are looked at. */
  @Test
  void aGraphOfTwoGigabytesIsRefused() throws IOException {
    Files.delete(model.resolve("sha256sums.txt"));
    try (RandomAccessFile file = new RandomAccessFile(graph.toFile(), "rw")) {
      file.setLength(2_000_000_000);
    }
    String message = refused();
    assertTrue(message.contains("a graph of at most 268435456 bytes, found 2000000000"), message);
  }

  @Test
  void aRestoreWithoutInputsIsRefused() throws IOException {
    change(
        meta ->
            meta.getGraphDefBuilder().getNodeBuilderList().stream()
                .filter(node -> node.getOp().equals("RestoreV2"))
                .forEach(NodeDef.Builder::clearInput));
    assertTrue(refused().contains("RestoreV2"));
  }

  @Test
  void aFunctionIsSearchedToo() throws IOException {
    change(
        meta ->
            meta.getGraphDefBuilder()
                .getLibraryBuilder()
                .addFunctionBuilder()
                .addAllNodeDef(nodes("ReadFile", "/etc/passwd")));
    assertTrue(refused().contains("ReadFile"));
  }

  /** Grappler divides by it and ends the process. */
  @Test
  void aStrideOfZeroIsRefused() throws IOException {
    change(
        meta -> {
          for (NodeDef.Builder node : meta.getGraphDefBuilder().getNodeBuilderList()) {
            if (node.containsAttr("strides")) {
              AttrValue.Builder strides = node.getAttrOrThrow("strides").toBuilder();
              strides.getListBuilder().setI(1, 0);
              node.putAttr("strides", strides.build());
            }
          }
        });
    assertTrue(refused().contains("strides"));
  }

  /** Here oneDNN ends the process: one bit of a constant is enough. */
  @Test
  void aTransposedConvolutionOfAnotherSizeIsRefused() throws IOException {
    change(
        meta -> {
          GraphDef.Builder graph = meta.getGraphDefBuilder();
          List.copyOf(graph.getNodeList()).stream()
              .filter(node -> node.getOp().equals("Conv2DBackpropInput"))
              .forEach(node -> resize(graph, node.getInput(0), 4 << 24));
        });
    assertTrue(refused().contains("Conv2DBackpropInput"), refused());
  }

  /** Adds to the second number of the constants that a node is made of. */
  private static void resize(GraphDef.Builder graph, String name, int more) {
    for (NodeDef.Builder node : graph.getNodeBuilderList()) {
      boolean constant = node.getName().equals(name) && node.getOp().equals("Const");
      if (constant && node.getAttrOrThrow("value").getTensor().getTensorContent().size() == 12) {
        TensorProto.Builder tensor = node.getAttrOrThrow("value").getTensor().toBuilder();
        ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(tensor.getTensorContent().toByteArray());
        bytes.putInt(4, bytes.getInt(4) + more);
        tensor.setTensorContent(ByteString.copyFrom(bytes.array()));
        node.putAttr("value", AttrValue.newBuilder().setTensor(tensor).build());
      } else if (node.getName().equals(name)) {
        List.copyOf(node.getInputList()).forEach(input -> resize(graph, input, more));
      }
    }
  }

  @Test
  void anInputThatDoesNotExistIsRefused() throws IOException {
    change(
        meta ->
            meta.getGraphDefBuilder().getNodeBuilderList().stream()
                .filter(node -> node.getInputCount() > 0)
                .findFirst()
                .orElseThrow()
                .setInput(0, "nobody"));
    assertTrue(refused().contains("nobody"));
  }

  /** A changed name: TensorFlow's own exception must not come through where all is trusted. */
  @Test
  void aNodeUnderAnotherNameIsRefusedWhateverItsOpsMay() throws IOException {
    change(
        meta ->
            meta.getGraphDefBuilder().getNodeBuilderList().stream()
                .filter(node -> node.getOp().equals("VarHandleOp"))
                .findFirst()
                .orElseThrow()
                .setName("renamed"));
    assertTrue(refused().contains("expected nodes for all inputs"), refused());
    String trusted = refused(OpPolicy.ANY);
    assertTrue(trusted.startsWith("cannot load the SavedModel " + model + ": "), trusted);
    assertEquals(1, trusted.lines().count(), trusted);
  }

  /** Tags that open a group and never close it, one call of a parser each. */
  @Test
  void groupsWithinGroupsAreRefused() throws IOException {
    byte[] groups = new byte[400_000];
    Arrays.fill(groups, (byte) (15 << 3 | WireFormat.WIRETYPE_START_GROUP));
    byte[] name = within(1, "serving".getBytes(StandardCharsets.UTF_8));
    // entries of maps: an attribute of a node, and a signature
    byte[] attribute = within(2, within(2, within(1, within(5, groups))));
    byte[] signature = within(2, within(5, joined(name, groups)));
    Files.delete(model.resolve(Checksums.FILE));
    for (byte[] file : List.of(groups, attribute, signature)) {
      Files.write(graph, file);
      assertTrue(refused().contains(graph + ": expected a SavedModel"), refused());
      assertTrue(refused(OpPolicy.ANY).contains(model.toString()), refused(OpPolicy.ANY));
    }
  }

  /** A field of bytes. */
  private static byte[] within(int field, byte[] bytes) {
    UnknownFieldSet.Field value =
        UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFrom(bytes)).build();
    return UnknownFieldSet.newBuilder().addField(field, value).build().toByteArray();
  }

  private static byte[] joined(byte[] one, byte[] other) {
    return ByteString.copyFrom(one).concat(ByteString.copyFrom(other)).toByteArray();
  }

  @Test
  void aFileThatDiffersFromItsChecksumIsNamed() throws IOException {
    for (String name : List.of("saved_model.pb", "variables/variables.data-00000-of-00001")) {
      copy();
      byte[] bytes = Files.readAllBytes(model.resolve(name));
      bytes[bytes.length / 2] ^= 4;
      Files.write(model.resolve(name), bytes);
      assertTrue(refused().startsWith(model.resolve(name) + ": expected the content"), refused());
    }
    copy();
    Files.writeString(model.resolve("variables/added"), "");
    assertTrue(refused().contains("listed in sha256sums.txt"));
  }

  @Test
  void aModelFolderIsNotFollowedOutOfThroughALink() throws IOException {
    Files.delete(graph);
    Files.createSymbolicLink(graph, original.resolve("saved_model.pb"));
    assertTrue(refused().contains("a link that leads out of it"), refused());
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
    Path current = Files.createSymbolicLink(folder.resolve("current"), model);
    GeneratorModel.load(current, SessionOptions.CPU).close();
  }

  @Test
  void whatTensorFlowDoesNotReadMayLieBesideAModel() throws IOException {
    Files.writeString(model.resolve("README.md"), "of the user");
    GeneratorModel.load(model, SessionOptions.CPU).close();
    Files.writeString(model.resolve("saved_model.cpb"), "another graph");
    assertTrue(refused().contains("found one that is not"), refused());
  }

  /** Otherwise the first call ends in an exception about an index. */
  @Test
  void aSignatureOfAnOutputThatItsOpDoesNotHaveIsRefused() throws IOException {
    change(
        meta -> {
          SignatureDef.Builder sample = meta.getSignatureDefOrThrow("sample").toBuilder();
          TensorInfo.Builder images = sample.getOutputsOrThrow("images").toBuilder();
          images.setName(images.getName().replaceFirst(":0$", ":1"));
          sample.putOutputs("images", images.build());
          meta.putSignatureDef("sample", sample.build());
        });
    assertTrue(refused().contains("signatures of outputs that its ops have"), refused());
  }

  /** Here TensorFlow ends the process: one bit is enough. */
  @Test
  void aConstantOfTwoTypesIsRefused() throws IOException {
    change(
        meta -> {
          NodeDef.Builder node =
              meta.getGraphDefBuilder().getNodeBuilderList().stream()
                  .filter(n -> n.getOp().equals("Const"))
                  .findFirst()
                  .orElseThrow();
          AttrValue.Builder value = node.getAttrOrThrow("value").toBuilder();
          value.getTensorBuilder().setDtype(DataType.DT_HALF);
          node.putAttr("value", value.build());
        });
    assertTrue(refused().contains("a constant of one type"), refused());
  }

  /** The loader names no file for what it runs at first: a constant in the graph would. */
  @Test
  void aRestoreThatTheLoaderDoesNotNameAFileForIsRefused() throws IOException {
    change(
        meta -> {
          String restore = meta.getSaverDef().getRestoreOpName();
          CollectionDef.Builder main = CollectionDef.newBuilder();
          main.getNodeListBuilder().addValue(restore);
          meta.putCollectionDef("saved_model_main_op", main.build());
        });
    assertTrue(refused().contains("RestoreV2"), refused());
  }

  /** Without checksums, as other programs write models; the number grows in the long check. */
  @Test
  void damagedModelsAreRefusedOrRun() throws IOException {
    Random random = new Random(14);
    byte[] whole = Files.readAllBytes(graph);
    Files.delete(model.resolve(Checksums.FILE));
    int refused = 0;
    for (int i = 0; i < Integer.getInteger("sparring.mutants", 60); i++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k <= random.nextInt(4); k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Files.write(graph, damaged);
      try (GeneratorModel loaded = GeneratorModel.load(model, SessionOptions.CPU)) {
        loaded.sample(1, 2);
      } catch (ModelException e) {
        refused++;
      }
    }
    assertTrue(refused > 0);
  }

  private String refused() {
    return refused(OpPolicy.KNOWN);
  }

  private String refused(OpPolicy policy) {
    return assertThrows(
            ModelException.class,
            () -> GeneratorModel.load(model, SessionOptions.CPU, policy).close())
        .getMessage();
  }

  /**
   * Changes the graph and drops the checksums: whoever changes it on purpose would write others.
   */
  private void change(Consumer<MetaGraphDef.Builder> how) throws IOException {
    SavedModel.Builder changed = SavedModel.parseFrom(Files.readAllBytes(graph)).toBuilder();
    how.accept(changed.getMetaGraphsBuilder(0));
    Files.write(graph, changed.build().toByteArray());
    Files.delete(model.resolve(Checksums.FILE));
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
