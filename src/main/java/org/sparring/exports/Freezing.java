package org.sparring.exports;

import com.google.protobuf.ByteString;
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
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Replaces the variables of a graph by constants. */
public final class Freezing {
  /** Maximum size in bytes: a protocol buffer must be smaller than 2 GiB. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - (1L << 20);

  private static final String VARIABLE = "VarHandleOp";
  private static final String READ = "ReadVariableOp";
  private static final String TYPE = "dtype";

  private Freezing() {}

  /**
   * Returns the ops that a tensor depends on, with the values of variables in a session.
   *
   * @param tensor {@code NAME:INDEX}
   * @throws ModelException if the values do not fit into one file
   */
  public static GraphDef of(Session session, Graph graph, String tensor) {
    GraphDef whole = graph.toGraphDef();
    Map<String, NodeDef> nodes = new HashMap<>();
    whole.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    Set<String> reached = reached(nodes, tensor);
    Map<String, TensorProto> values = values(session, nodes, reached);
    GraphDef.Builder frozen =
        GraphDef.newBuilder().setVersions(whole.getVersions()).setLibrary(whole.getLibrary());
    for (NodeDef node :
        whole.getNodeList()) { // in the order of construction: producers before consumers
      if (reached.contains(node.getName())) {
        frozen.addNode(frozen(node, values));
      }
    }
    return frozen.build();
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

  static NodeDef.Builder identity(String name, DataType type) {
    return NodeDef.newBuilder().setName(name).setOp("Identity").putAttr("T", type(type));
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  /** Returns the node name in {@code ^NAME}, {@code NAME:1} or {@code NAME}. */
  public static String node(String tensor) {
    String name = tensor.startsWith("^") ? tensor.substring(1) : tensor;
    int colon = name.lastIndexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
