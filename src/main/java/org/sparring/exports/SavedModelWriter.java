package org.sparring.exports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sparring.errors.ModelException;
import org.sparring.graph.Variable;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.VariableDef;

/**
 * Writes a session as a SavedModel that converters can read too. TensorFlow Java writes neither the
 * collections of variables, in which TensorFlow Lite looks for the weights, nor the TensorFlow
 * version; this class adds them.
 */
public final class SavedModelWriter {
  private static final String GRAPH = "saved_model.pb";

  private SavedModelWriter() {}

  /**
   * Writes the graph and the variables. The caller adds the other files afterwards, and the
   * checksums last.
   *
   * @param session session whose graph has the nodes of {@link org.sparring.graph.SaveNodes}
   * @param variables variables that the signatures read
   * @param folder folder of the SavedModel, which must not exist
   */
  public static void write(
      Session session,
      List<Signature> signatures,
      List<? extends Variable<?>> variables,
      Path folder)
      throws IOException {
    SavedModelBundle.exporter(folder.toString())
        .withSession(session)
        .withSignatures(signatures.toArray(Signature[]::new))
        .export();
    Path file = folder.resolve(GRAPH);
    SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
    model.getMetaGraphsBuilderList().forEach(meta -> complete(meta, variables));
    Files.write(file, model.build().toByteArray());
  }

  private static void complete(MetaGraphDef.Builder meta, List<? extends Variable<?>> variables) {
    meta.getMetaInfoDefBuilder().setTensorflowVersion(TensorFlow.version());
    CollectionDef.BytesList.Builder all = CollectionDef.BytesList.newBuilder();
    CollectionDef.BytesList.Builder trainable = CollectionDef.BytesList.newBuilder();
    for (Variable<?> variable : variables) {
      VariableDef definition = definition(meta.getGraphDef(), variable);
      all.addValue(definition.toByteString());
      if (variable.trainable()) {
        trainable.addValue(definition.toByteString());
      }
    }
    // the collection names in Python's tf.compat.v1.GraphKeys
    meta.putCollectionDef("variables", CollectionDef.newBuilder().setBytesList(all).build());
    meta.putCollectionDef(
        "trainable_variables", CollectionDef.newBuilder().setBytesList(trainable).build());
  }

  /** Returns the definition from which Python builds a variable object. */
  private static VariableDef definition(GraphDef graph, Variable<?> variable) {
    String handle = variable.handle().op().name();
    NodeDef write = user(graph, "AssignVariableOp", handle);
    return VariableDef.newBuilder()
        .setVariableName(handle + ":0")
        .setInitializerName(write.getName())
        .setInitialValueName(tensor(write.getInput(1)))
        .setSnapshotName(user(graph, "ReadVariableOp", handle).getName() + ":0")
        .setIsResource(true)
        .setTrainable(variable.trainable())
        .build();
  }

  /**
   * Returns the first op of a type that uses a handle; the first assignment is the one of the
   * initial value.
   */
  private static NodeDef user(GraphDef graph, String type, String handle) {
    return graph.getNodeList().stream()
        .filter(node -> node.getOp().equals(type) && node.getInput(0).equals(handle))
        .findFirst()
        .orElseThrow(() -> new ModelException("expected a " + type + " of " + handle));
  }

  private static String tensor(String input) {
    return input.contains(":") ? input : input + ":0";
  }
}
