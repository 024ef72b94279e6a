package org.sparring.exports;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparring.errors.ModelException;
import org.sparring.storage.AtomicFiles;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A generator as one GraphDef: the ops from the latent vectors to the images, with constants in
 * place of variables. The inputs are the placeholders {@code z} and {@code labels}, the output is
 * the node {@code images}.
 *
 * @param graph the GraphDef
 */
public record FrozenGenerator(GraphDef graph) {
  /** Maximum size in bytes: a protocol buffer must be smaller than 2 GiB. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - (1L << 20);

  private static final String Z = "z";
  private static final String IMAGES = "images";
  private static final String VARIABLE = "VarHandleOp";
  private static final String READ = "ReadVariableOp";
  private static final String TYPE = "dtype";

  /**
   * Freezes the variables at their values in a session.
   *
   * @param serving the signature from latent vectors to images
   */
  public static FrozenGenerator of(Session session, Graph graph, Signature serving) {
    GraphDef whole = graph.toGraphDef();
    Map<String, NodeDef> nodes = new HashMap<>();
    whole.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    String images = serving.getOutputs().get(IMAGES).name;
    Set<String> reached = reached(nodes, images);
    ModelException.require(
        !nodes.containsKey(IMAGES), "expected no op named " + IMAGES + " in the graph, found one");
    Map<String, TensorProto> values = values(session, nodes, reached);
    GraphDef.Builder frozen =
        GraphDef.newBuilder().setVersions(whole.getVersions()).setLibrary(whole.getLibrary());
    for (NodeDef node :
        whole.getNodeList()) { // in the order of construction: producers before consumers
      if (reached.contains(node.getName())) {
        frozen.addNode(frozen(node, values));
      }
    }
    DataType type = serving.getOutputs().get(IMAGES).dataType;
    frozen.addNode(identity(IMAGES, type).addInput(images));
    return new FrozenGenerator(frozen.build());
  }

  private static Set<String> reached(Map<String, NodeDef> nodes, String output) {
    Set<String> reached = new LinkedHashSet<>(Set.of(node(output)));
    Deque<String> next = new ArrayDeque<>(reached);
    while (!next.isEmpty()) {
      for (String input : nodes.get(next.remove()).getInputList()) {
        if (reached.add(node(input))) {
          next.add(node(input));
        }
      }
    }
    return reached;
  }

  /** Returns the value of each variable that the graph reads, by the name of its handle. */
  private static Map<String, TensorProto> values(
      Session session, Map<String, NodeDef> nodes, Set<String> reached) {
    Map<String, String> reads = new LinkedHashMap<>();
    for (String name : reached) {
      if (nodes.get(name).getOp().equals(READ)) {
        reads.putIfAbsent(node(nodes.get(name).getInput(0)), name);
      }
    }
    Session.Runner runner = session.runner();
    reads.values().forEach(runner::fetch);
    Map<String, TensorProto> values = new HashMap<>();
    try (Result result = runner.run()) {
      List<String> handles = new ArrayList<>(reads.keySet());
      long bytes = 0;
      for (Map.Entry<String, Tensor> value : result) {
        bytes += value.getValue().numBytes();
      }
      ModelException.require(
          bytes <= MOST_BYTES,
          "expected weights below 2 GiB, which one file can hold, found "
              + bytes
              + " bytes\nExport a SavedModel instead.");
      for (int i = 0; i < handles.size(); i++) {
        values.put(handles.get(i), constant(result.get(i)));
      }
    }
    return values;
  }

  private static TensorProto constant(Tensor value) {
    byte[] bytes = new byte[Math.toIntExact(value.numBytes())];
    value.asRawTensor().data().read(bytes);
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : value.shape().asArray()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return TensorProto.newBuilder()
        .setDtype(value.dataType())
        .setTensorShape(shape)
        .setTensorContent(ByteString.copyFrom(bytes))
        .build();
  }

  private static NodeDef frozen(NodeDef node, Map<String, TensorProto> values) {
    if (node.getOp().equals(VARIABLE)) {
      TensorProto value = values.get(node.getName());
      return NodeDef.newBuilder()
          .setName(node.getName())
          .setOp("Const")
          .putAttr(TYPE, type(value.getDtype()))
          .putAttr("value", AttrValue.newBuilder().setTensor(value).build())
          .build();
    }
    if (node.getOp().equals(READ)) {
      DataType type = node.getAttrOrThrow(TYPE).getType();
      return identity(node.getName(), type).addAllInput(node.getInputList()).build();
    }
    return node;
  }

  private static NodeDef.Builder identity(String name, DataType type) {
    return NodeDef.newBuilder().setName(name).setOp("Identity").putAttr("T", type(type));
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  /** Returns the node name in {@code ^NAME}, {@code NAME:1} or {@code NAME}. */
  private static String node(String tensor) {
    String name = tensor.startsWith("^") ? tensor.substring(1) : tensor;
    int colon = name.lastIndexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  /**
   * Throws if a file exists that this class did not write. Devices and pipes are allowed.
   *
   * @throws ModelException if the file exists, is not empty and is not a frozen generator
   */
  public static void requireReplaceable(Path file) {
    if (!Files.isRegularFile(file) || isGenerator(file)) {
      return;
    }
    throw ModelException.in(
        file, "a new file, or a frozen generator to replace", "another file", "Give another name.");
  }

  private static boolean isGenerator(Path file) {
    try {
      if (Files.size(file) > Integer.MAX_VALUE) {
        return false;
      }
      List<NodeDef> nodes = GraphDef.parseFrom(Files.readAllBytes(file)).getNodeList();
      return Files.size(file) == 0
          || (nodes.stream().anyMatch(n -> n.getName().equals(Z))
              && nodes.stream().anyMatch(n -> n.getName().equals(IMAGES)));
    } catch (InvalidProtocolBufferException e) {
      return false;
    } catch (IOException e) {
      throw new ModelException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Writes the graph; equal graphs give equal bytes, because attributes are sorted by name. */
  public void write(Path file) {
    AtomicFiles.write(
        file,
        out -> {
          CodedOutputStream sorted = CodedOutputStream.newInstance(out);
          sorted.useDeterministicSerialization();
          graph.writeTo(sorted);
          sorted.flush();
        });
  }
}
