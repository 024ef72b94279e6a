package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.ModelException;
import org.sparring.exports.Checksums;
import org.sparring.natives.SessionOptions;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;

/** Models whose graphs are too large, inconsistent or damaged. */
class DamagedModelTest {
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

  /** It would be read into memory before its ops are looked at. */
  @Test
  void aGraphOfTwoGigabytesIsRefused() throws IOException {
    Files.delete(model.folder.resolve("sha256sums.txt"));
    try (RandomAccessFile file = new RandomAccessFile(model.graph.toFile(), "rw")) {
      file.setLength(2_000_000_000);
    }
    String message = model.refusal();
    assertTrue(message.contains("a graph of at most 268435456 bytes, found 2000000000"), message);
  }

  /** Grappler divides by it and ends the process. */
  @Test
  void aStrideOfZeroIsRefused() throws IOException {
    model.change(
        meta -> {
          for (NodeDef.Builder node : meta.getGraphDefBuilder().getNodeBuilderList()) {
            if (node.containsAttr("strides")) {
              AttrValue.Builder strides = node.getAttrOrThrow("strides").toBuilder();
              strides.getListBuilder().setI(1, 0);
              node.putAttr("strides", strides.build());
            }
          }
        });
    assertTrue(model.refusal().contains("strides"));
  }

  /** Here oneDNN ends the process: one bit of a constant is enough. */
  @Test
  void aTransposedConvolutionOfAnotherSizeIsRefused() throws IOException {
    model.change(
        meta -> {
          GraphDef.Builder graph = meta.getGraphDefBuilder();
          List.copyOf(graph.getNodeList()).stream()
              .filter(node -> node.getOp().equals("Conv2DBackpropInput"))
              .forEach(node -> resize(graph, node.getInput(0), 4 << 24));
        });
    assertTrue(model.refusal().contains("Conv2DBackpropInput"), model.refusal());
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
    model.change(
        meta ->
            meta.getGraphDefBuilder().getNodeBuilderList().stream()
                .filter(node -> node.getInputCount() > 0)
                .findFirst()
                .orElseThrow()
                .setInput(0, "nobody"));
    assertTrue(model.refusal().contains("nobody"));
  }

  /** A changed name: TensorFlow's own exception must not come through where all is trusted. */
  @Test
  void aNodeUnderAnotherNameIsRefusedWhateverItsOpsMay() throws IOException {
    model.change(
        meta ->
            meta.getGraphDefBuilder().getNodeBuilderList().stream()
                .filter(node -> node.getOp().equals("VarHandleOp"))
                .findFirst()
                .orElseThrow()
                .setName("renamed"));
    assertTrue(model.refusal().contains("expected nodes for all inputs"), model.refusal());
    String trusted = model.refusal(OpPolicy.ANY);
    assertTrue(trusted.startsWith("cannot load the SavedModel " + model.folder + ": "), trusted);
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
    Files.delete(model.folder.resolve(Checksums.FILE));
    for (byte[] file : List.of(groups, attribute, signature)) {
      Files.write(model.graph, file);
      assertTrue(
          model.refusal().contains(model.graph + ": expected a SavedModel"), model.refusal());
      assertTrue(
          model.refusal(OpPolicy.ANY).contains(model.folder.toString()),
          model.refusal(OpPolicy.ANY));
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

  /** Otherwise the first call ends in an exception about an index. */
  @Test
  void aSignatureOfAnOutputThatItsOpDoesNotHaveIsRefused() throws IOException {
    model.change(
        meta -> {
          SignatureDef.Builder sample = meta.getSignatureDefOrThrow("sample").toBuilder();
          TensorInfo.Builder images = sample.getOutputsOrThrow("images").toBuilder();
          images.setName(images.getName().replaceFirst(":0$", ":1"));
          sample.putOutputs("images", images.build());
          meta.putSignatureDef("sample", sample.build());
        });
    assertTrue(
        model.refusal().contains("signatures of outputs that its ops have"), model.refusal());
  }

  /** Here TensorFlow ends the process: one bit is enough. */
  @Test
  void aConstantOfTwoTypesIsRefused() throws IOException {
    model.change(
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
    assertTrue(model.refusal().contains("a constant of one type"), model.refusal());
  }

  /** Without checksums, as other programs write models; the number grows in the long check. */
  @Test
  void damagedModelsAreRefusedOrRun() throws IOException {
    Random random = new Random(14);
    byte[] whole = Files.readAllBytes(model.graph);
    Files.delete(model.folder.resolve(Checksums.FILE));
    int refused = 0;
    for (int i = 0; i < Integer.getInteger("sparring.mutants", 60); i++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k <= random.nextInt(4); k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Files.write(model.graph, damaged);
      try (GeneratorModel loaded = GeneratorModel.load(model.folder, SessionOptions.CPU)) {
        loaded.sample(1, 2);
      } catch (ModelException e) {
        refused++;
      }
    }
    assertTrue(refused > 0);
  }
}
