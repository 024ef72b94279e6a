package org.sparring.evaluation;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.sparring.errors.EditDistance;
import org.sparring.errors.ModelException;
import org.sparring.exports.GraphCheck;
import org.sparring.inference.OpPolicy;
import org.sparring.inference.ShapeCheck;
import org.sparring.natives.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Session;
import org.tensorflow.proto.GraphDef;

/** A frozen graph from a user's file, in which constants replace the variables. */
final class FrozenGraph implements AutoCloseable {
  private static final int NEAREST = 3;

  private final Path file;
  private final Graph graph;
  private final List<String> names = new ArrayList<>();
  private Session session;

  private FrozenGraph(Path file, Graph graph) {
    this.file = file;
    this.graph = graph;
    for (Iterator<GraphOperation> i = graph.operations(); i.hasNext(); ) {
      names.add(i.next().name());
    }
  }

  /**
   * Reads a graph.
   *
   * @param policy determines which ops it may contain
   * @throws ModelException if the file is not a graph, or contains other ops
   */
  static FrozenGraph read(Path file, OpPolicy policy) {
    GraphDef definition = parsed(file);
    if (policy == OpPolicy.KNOWN) {
      GraphCheck.requireComputing(file, definition);
    }
    Graph graph = new Graph();
    try {
      graph.importGraphDef(definition);
      ShapeCheck.require(file, graph);
      return new FrozenGraph(file, graph);
    } catch (ModelException e) {
      graph.close();
      throw e;
    } catch (RuntimeException e) {
      graph.close();
      throw unreadable(
          file, e, String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given"));
    }
  }

  private static GraphDef parsed(Path file) {
    try {
      GraphDef definition = GraphDef.parseFrom(Files.readAllBytes(file));
      if (definition.getNodeCount() > 0) {
        return definition;
      }
      // TensorFlow ends the process when it imports an empty graph
      throw unreadable(file, null, "it holds no node");
    } catch (InvalidProtocolBufferException e) {
      throw unreadable(file, e, "it is damaged or of another kind");
    } catch (IOException e) {
      throw unreadable(file, e, "it cannot be read: " + e.getMessage());
    }
  }

  private static ModelException unreadable(Path file, Exception cause, String found) {
    return new ModelException(
        file + ": expected a frozen TensorFlow graph (GraphDef), found that " + found, cause);
  }

  Graph graph() {
    return graph;
  }

  /** Returns whether the graph has a node with this name, with or without a prefix. */
  boolean has(String name) {
    return names.stream().anyMatch(found -> named(found, name));
  }

  /**
   * Returns the node with a name; the name may have a prefix, as in a graph that was imported under
   * another name.
   *
   * @throws ModelException with one line that lists the nearest names
   */
  GraphOperation node(String name) {
    return names.stream()
        .filter(found -> named(found, name))
        .min((a, b) -> Integer.compare(a.length(), b.length()))
        .map(graph::operation)
        .orElseThrow(() -> missing(name));
  }

  /** Returns the full name of the tensor {@code NAME} or {@code NAME:INDEX}. */
  String tensor(String name) {
    int colon = name.lastIndexOf(':');
    String node = colon < 0 ? name : name.substring(0, colon);
    String index = colon < 0 ? "0" : name.substring(colon + 1);
    GraphOperation found = node(node);
    if (!index.matches("\\d{1,4}") || Integer.parseInt(index) >= found.numOutputs()) {
      throw new ModelException(
          file
              + ": expected an output of "
              + node
              + ", which has "
              + found.numOutputs()
              + ", found "
              + name);
    }
    return found.name() + ":" + index;
  }

  /**
   * Opens a session, which closes with the graph. A graph waits for its open sessions when it is
   * closed.
   */
  Session session(SessionOptions options) {
    if (session == null) {
      session = new Session(graph, options.config());
    }
    return session;
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
    graph.close();
  }

  private static boolean named(String found, String name) {
    return found.equals(name) || found.endsWith("/" + name);
  }

  private ModelException missing(String name) {
    List<String> others = new ArrayList<>(names);
    List<String> nearest = new ArrayList<>();
    while (nearest.size() < NEAREST && !others.isEmpty()) {
      String near = EditDistance.nearest(name, others);
      nearest.add(near);
      others.remove(near);
    }
    return new ModelException(
        file
            + ": expected a node "
            + name
            + ", found none among "
            + names.size()
            + (nearest.isEmpty() ? "" : "; the nearest are " + String.join(", ", nearest)));
  }
}
