package org.sparring.exports;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.sparring.errors.Advice;
import org.sparring.errors.ModelException;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

/**
 * Checks a graph before TensorFlow sees it: each op is one that only computes, each input exists,
 * and sizes by which TensorFlow divides are at least 1. In a SavedModel, ops that read or write
 * files and variables are allowed on the way that restores its own variables, and nowhere behind a
 * signature.
 */
public final class GraphCheck {
  /** Attributes that TensorFlow divides by: a 0 in one of them crashes the process. */
  private static final Set<String> DIVISORS =
      Set.of("strides", "dilations", "ksize", "ksizes", "rates", "block_size", "explicit_paddings");

  /** What the loader runs by itself, if a model has it. */
  private static final List<String> INITIALIZERS =
      List.of("saved_model_main_op", "legacy_init_op", "saved_model_train_op");

  private static final String INITIALIZER_SIGNATURE = "__saved_model_init_op";
  private static final String RESTORE = "RestoreV2";
  private static final Set<String> WRITES = Set.of("AssignVariableOp", RESTORE);
  private static final Set<String> SAVES =
      Set.of("SaveV2", "MergeV2Checkpoints", "ShardedFilename");

  private final Path file;
  private final Map<String, NodeDef> nodes = new HashMap<>();

  private GraphCheck(Path file, GraphDef graph) {
    this.file = file;
    for (NodeDef node : graph.getNodeList()) {
      if (nodes.put(node.getName(), node) != null) {
        throw damaged("each name once", "two nodes " + node.getName());
      }
    }
  }

  /**
   * Checks a frozen graph.
   *
   * @throws ModelException naming the file and the op
   */
  public static void requireComputing(Path file, GraphDef graph) {
    GraphCheck check = new GraphCheck(file, graph);
    check.requireSound(graph, Set.of());
  }

  /** Checks what a SavedModel would run when it is loaded and when it is called. */
  public static void requireComputing(Path file, SavedModel model) {
    for (MetaGraphDef meta : model.getMetaGraphsList()) {
      GraphDef graph = meta.getGraphDef();
      GraphCheck check = new GraphCheck(file, graph);
      Set<String> stored = new HashSet<>(WRITES);
      stored.addAll(SAVES);
      check.requireSound(graph, stored);
      check.requireCallsCompute(meta);
      check.requireRestoresItself(meta);
    }
  }

  /** Every node, whether or not it is reached: the library of functions included. */
  private void requireSound(GraphDef graph, Set<String> stored) {
    Stream<NodeDef> inFunctions =
        graph.getLibrary().getFunctionList().stream().flatMap(f -> f.getNodeDefList().stream());
    Stream.concat(graph.getNodeList().stream(), inFunctions)
        .forEach(
            node -> {
              requireKnown(node, stored);
              requireDivisors(node);
              requireOneType(node);
            });
    graph.getNodeList().forEach(node -> node.getInputList().forEach(input -> source(node, input)));
  }

  private void requireKnown(NodeDef node, Set<String> stored) {
    String op = node.getOp();
    if (!KnownOps.COMPUTING.contains(op) && !stored.contains(op)) {
      throw refused("ops that only compute", "the op " + op + " (node " + node.getName() + ")");
    }
  }

  private void requireDivisors(NodeDef node) {
    for (String name : DIVISORS) {
      AttrValue value = node.getAttrMap().get(name);
      boolean padding = name.equals("explicit_paddings");
      if (value == null) {
        continue;
      }
      Stream<Long> numbers = value.getList().getIList().stream();
      Stream<Long> all = value.hasI() ? Stream.concat(numbers, Stream.of(value.getI())) : numbers;
      if (all.anyMatch(n -> padding ? n < 0 : n < 1)) {
        throw damaged(name + " of at least 1", "0 or less in node " + node.getName());
      }
    }
  }

  /** TensorFlow folds constants before it compares these, and ends the process. */
  private void requireOneType(NodeDef node) {
    AttrValue type = node.getAttrMap().get("dtype");
    AttrValue value = node.getAttrMap().get("value");
    boolean both = type != null && value != null && value.hasTensor();
    if (both && type.getType() != value.getTensor().getDtype()) {
      String found = type.getType() + " and " + value.getTensor().getDtype();
      throw damaged("a constant of one type", found + " in node " + node.getName());
    }
  }

  private void requireCallsCompute(MetaGraphDef meta) {
    Set<String> outputs = new LinkedHashSet<>();
    meta.getSignatureDefMap()
        .forEach(
            (name, signature) -> {
              if (!name.equals(INITIALIZER_SIGNATURE)) {
                signature.getOutputsMap().values().forEach(t -> outputs.add(t.getName()));
              }
            });
    for (NodeDef node : reachedFrom(outputs)) {
      if (WRITES.contains(node.getOp()) || SAVES.contains(node.getOp())) {
        throw refused(
            "signatures that only compute",
            "the op " + node.getOp() + " (node " + node.getName() + ") behind one");
      }
    }
  }

  /** The loader names the file for its restore op alone: what else it runs must not read any. */
  private void requireRestoresItself(MetaGraphDef meta) {
    String own = node(meta.getSaverDef().getFilenameTensorName());
    String restore = meta.getSaverDef().getRestoreOpName();
    if (!restore.isEmpty()) {
      requireReadsOnly(Set.of(restore), own);
    }
    Set<String> run = new LinkedHashSet<>();
    INITIALIZERS.forEach(
        key -> {
          if (meta.containsCollectionDef(key)) {
            run.addAll(meta.getCollectionDefOrThrow(key).getNodeList().getValueList());
          }
        });
    if (meta.containsSignatureDef(INITIALIZER_SIGNATURE)) {
      meta.getSignatureDefOrThrow(INITIALIZER_SIGNATURE)
          .getOutputsMap()
          .values()
          .forEach(t -> run.add(t.getName()));
    }
    requireReadsOnly(run, "");
  }

  /**
   * @param own the node that names the file which may be read; empty for none
   */
  private void requireReadsOnly(Set<String> run, String own) {
    for (NodeDef node : reachedFrom(run)) {
      boolean reads = node.getOp().equals(RESTORE);
      boolean other =
          reads
              && (own.isEmpty()
                  || node.getInputCount() == 0
                  || !node(node.getInput(0)).equals(own));
      if (SAVES.contains(node.getOp()) || other) {
        throw refused(
            "a model that reads its own variables alone",
            "the op " + node.getOp() + " (node " + node.getName() + ") on another file");
      }
    }
  }

  private Set<NodeDef> reachedFrom(Set<String> tensors) {
    Set<NodeDef> reached = new LinkedHashSet<>();
    Deque<String> next = new ArrayDeque<>();
    tensors.forEach(tensor -> next.add(node(tensor)));
    Set<String> seen = new HashSet<>(next);
    while (!next.isEmpty()) {
      NodeDef node = nodes.get(next.remove());
      if (node == null) {
        throw damaged("a node for each tensor that it runs", "a tensor without a node");
      }
      reached.add(node);
      for (String input : node.getInputList()) {
        if (seen.add(node(input))) {
          next.add(node(input));
        }
      }
    }
    return reached;
  }

  private void source(NodeDef node, String input) {
    if (!nodes.containsKey(node(input))) {
      throw damaged(
          "nodes for all inputs", "none for " + input + ", an input of " + node.getName());
    }
  }

  /** The node of {@code ^NAME}, {@code NAME:1} or {@code NAME}. */
  private static String node(String tensor) {
    String name = tensor.startsWith("^") ? tensor.substring(1) : tensor;
    int colon = name.lastIndexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  private ModelException damaged(String expected, String found) {
    return ModelException.in(
        file, expected, found, "The file is damaged. Copy or export the model again.");
  }

  private ModelException refused(String expected, String found) {
    return new ModelException(
        file
            + ": expected "
            + expected
            + ", found "
            + found
            + "\nOther ops may read and write files.",
        Advice.to(Advice.Action.TRUST_MODEL));
  }
}
