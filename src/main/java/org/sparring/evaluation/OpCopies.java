package org.sparring.evaluation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparring.errors.ModelException;
import org.sparring.exports.Freezing;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.types.TFloat32;

/**
 * Copies the ops of a frozen graph into another graph, with a tensor of that graph in place of a
 * placeholder, so that gradients pass through the copy. Ops that do not depend on the placeholder,
 * such as weights, are copied once for all copies.
 */
final class OpCopies {
  private static final Map<String, OpDef> OPS =
      TensorFlow.registeredOpList().getOpList().stream()
          .collect(Collectors.toMap(OpDef::getName, op -> op));

  private final Map<String, NodeDef> nodes = new HashMap<>();
  private final Map<String, Operation> constants = new HashMap<>();
  private final String what;
  private final String input;

  /**
   * @param what the network, for messages
   * @param source without functions
   * @param input name of the placeholder
   */
  OpCopies(String what, GraphDef source, String input) {
    this.what = what;
    this.input = input;
    source.getNodeList().forEach(node -> nodes.put(node.getName(), node));
  }

  /**
   * Adds a copy. All copies are in one graph.
   *
   * @param output tensor {@code NAME:INDEX} of the source
   * @param fed what the ops read in place of the placeholder
   * @return the output's copy
   */
  Operand<TFloat32> of(Ops tf, String output, Operand<TFloat32> fed) {
    Ops bare = tf.withControlDependencies(List.of()); // weights wait for nothing
    Set<String> varying = varying();
    Map<String, Operation> copies = new HashMap<>(constants);
    for (String name : inOrder(Freezing.node(output), copies.keySet())) {
      NodeDef node = nodes.get(name);
      boolean isConstant = !varying.contains(name);
      Operation copy = copy(isConstant ? bare : tf, node, copies, fed);
      copies.put(name, copy);
      if (isConstant) {
        constants.put(name, copy);
      }
    }
    return tensor(output, copies, fed).expect(TFloat32.class);
  }

  /** The names of the ops that depend on the placeholder, with the placeholder itself. */
  private Set<String> varying() {
    Map<String, List<String>> readers = new HashMap<>();
    for (NodeDef node : nodes.values()) {
      for (String read : node.getInputList()) {
        readers.computeIfAbsent(Freezing.node(read), key -> new ArrayList<>()).add(node.getName());
      }
    }
    Set<String> varying = new HashSet<>(Set.of(input));
    Deque<String> next = new ArrayDeque<>(varying);
    while (!next.isEmpty()) {
      for (String reader : readers.getOrDefault(next.remove(), List.of())) {
        if (varying.add(reader)) {
          next.add(reader);
        }
      }
    }
    return varying;
  }

  /** The ops that a node depends on and that are not copied yet, producers first. */
  private List<String> inOrder(String last, Set<String> done) {
    List<String> order = new ArrayList<>();
    Set<String> known = new HashSet<>(done);
    known.add(input);
    Deque<String> open = new ArrayDeque<>(List.of(last));
    Set<String> entered = new HashSet<>();
    while (!open.isEmpty()) {
      String name = open.peek();
      if (known.contains(name)) {
        open.pop();
      } else if (entered.add(name)) {
        NodeDef node = nodes.get(name);
        ModelException.require(node != null, what + ": expected a node " + name + ", found none");
        // what must run first, such as an assertion, is not part of the function
        node.getInputList().stream()
            .filter(read -> !read.startsWith("^"))
            .map(Freezing::node)
            .forEach(open::push);
      } else {
        known.add(name);
        order.add(open.pop());
      }
    }
    return order;
  }

  private Operation copy(
      Ops tf, NodeDef node, Map<String, Operation> copies, Operand<TFloat32> fed) {
    OpDef op = OPS.get(node.getOp());
    ModelException.require(
        op != null, what + ": expected ops that TensorFlow knows, found " + node.getOp());
    ModelException.require(
        !op.getIsStateful(),
        what + ": expected a frozen graph without variables and functions, found " + node.getOp());
    OperationBuilder builder = tf.scope().opBuilder(node.getOp(), node.getOp());
    int next = 0;
    for (OpDef.ArgDef argument : op.getInputArgList()) {
      int count = count(argument, node);
      Output<?>[] inputs = new Output<?>[count];
      for (int i = 0; i < count; i++) {
        inputs[i] = tensor(node.getInput(next++), copies, fed);
      }
      if (isList(argument)) {
        builder.addInputList(inputs);
      } else {
        builder.addInput(inputs[0]);
      }
    }
    node.getAttrMap().entrySet().stream()
        .filter(attribute -> !attribute.getKey().startsWith("_"))
        .forEach(attribute -> builder.setAttr(attribute.getKey(), attribute.getValue()));
    return builder.build();
  }

  private static boolean isList(OpDef.ArgDef argument) {
    return !argument.getNumberAttr().isEmpty() || !argument.getTypeListAttr().isEmpty();
  }

  private static int count(OpDef.ArgDef argument, NodeDef node) {
    if (!argument.getNumberAttr().isEmpty()) {
      return Math.toIntExact(node.getAttrOrThrow(argument.getNumberAttr()).getI());
    }
    return argument.getTypeListAttr().isEmpty()
        ? 1
        : node.getAttrOrThrow(argument.getTypeListAttr()).getList().getTypeCount();
  }

  private Output<?> tensor(String name, Map<String, Operation> copies, Operand<TFloat32> fed) {
    String node = Freezing.node(name);
    int colon = name.lastIndexOf(':');
    return node.equals(input)
        ? fed.asOutput()
        : copies.get(node).output(colon < 0 ? 0 : Integer.parseInt(name.substring(colon + 1)));
  }
}
