package org.sparring.tasks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparring.errors.DiskFault;
import org.sparring.errors.ModelException;
import org.sparring.exports.Checksums;
import org.sparring.exports.HalfWeights;
import org.sparring.exports.ModelDescription;
import org.sparring.exports.ModelOrigin;
import org.sparring.exports.PictureFunction;
import org.sparring.exports.RestoreNodes;
import org.sparring.exports.SavedModelWriter;
import org.sparring.graph.Batch;
import org.sparring.graph.Owner;
import org.sparring.graph.SaveNodes;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.natives.NativeLibraries;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.Input;
import org.sparring.nets.PictureForm;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Writes the functions of a task as a SavedModel: a signature each, with the weights of a
 * checkpoint, a description and checksums.
 *
 * @param task whose networks have functions
 * @param averaged whether to write the averaged weights; else the weights of the last step
 * @param halved whether the weights are stored in float16; the model computes in float32 either way
 */
public record TaskExport(Task task, boolean averaged, boolean halved) {
  private static final int PICTURE_AXES = 4;

  /**
   * @param checkpoint prefix of the checkpoint's files
   * @param folder the SavedModel's, which must not exist
   * @param origin recipe and data set, for the model's description
   * @throws ModelException if the task has no functions, or the checkpoint holds other networks
   */
  public void write(Path checkpoint, Path folder, ModelOrigin origin) {
    NativeLibraries.load();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      TaskNetworks networks = task.create(new Variables(tf, new Seeds(0)));
      ModelException.require(
          !networks.functions().isEmpty(), "expected a task with functions to export, found none");
      List<Variable<TFloat32>> variables = networks.variables(Owner.GENERATOR);
      List<RestoreNodes> restored = restored(tf, variables);
      Optional<HalfWeights> halves =
          halved ? Optional.of(HalfWeights.of(tf, variables)) : Optional.empty();
      Op store = tf.withControlDependencies(halves.map(h -> h.store(tf)).orElse(List.of())).noOp();
      Weights weights = halves.map(h -> h.read(tf)).orElseGet(() -> Weights.read(tf, variables));
      List<Signature> signatures =
          networks.functions().stream().map(f -> signature(tf, f, weights)).toList();
      List<? extends Variable<?>> stored =
          halves.<List<? extends Variable<?>>>map(HalfWeights::halves).orElse(variables);
      SaveNodes.add(tf, new ArrayList<Variable<?>>(stored));
      try (Session session = new Session(graph, SessionOptions.CPU.config())) {
        restored.forEach(nodes -> nodes.run(session, checkpoint));
        session.run(store);
        if (halves.isPresent()) {
          HalfWeights.requireHeld(session, halves.get().overflows(tf));
        }
        SavedModelWriter.write(session, signatures, stored, folder);
        description(origin).with(pictures(networks.functions(), signatures, graph)).write(folder);
        Checksums.write(folder);
      }
    } catch (TensorFlowException | IOException e) {
      String reason = DiskFault.in(e).map(DiskFault::words).orElseGet(e::getMessage);
      throw new ModelException("cannot export " + checkpoint + " to " + folder + ": " + reason, e);
    }
  }

  private ModelDescription description(ModelOrigin origin) {
    return ModelDescription.of(
        averaged ? "average" : "last",
        halved ? "float16" : "float32",
        List.of(),
        List.of(),
        origin);
  }

  /** Statistics of batches are not averaged, so each is restored under its own name. */
  private List<RestoreNodes> restored(Ops tf, List<Variable<TFloat32>> variables) {
    if (!averaged) {
      return List.of(RestoreNodes.of(tf, variables, ""));
    }
    List<RestoreNodes> restored = new ArrayList<>();
    restored.add(RestoreNodes.of(tf, where(variables, true), RestoreNodes.AVERAGE));
    List<Variable<TFloat32>> statistics = where(variables, false);
    if (!statistics.isEmpty()) {
      restored.add(RestoreNodes.of(tf, statistics, ""));
    }
    return restored;
  }

  private static List<Variable<TFloat32>> where(
      List<Variable<TFloat32>> variables, boolean trainable) {
    return variables.stream().filter(v -> v.trainable() == trainable).toList();
  }

  private static Signature signature(Ops tf, TaskFunction function, Weights weights) {
    Signature.Builder signature = Signature.builder(function.name());
    Batch inputs = Batch.NONE;
    for (Input input : function.inputs()) {
      Shape batch = Shape.of(Shape.UNKNOWN_SIZE).append(input.shape());
      Class<? extends TType> type = input.classes() > 0 ? TInt32.class : TFloat32.class;
      Operand<? extends TType> fed = tf.placeholder(type, Placeholder.shape(batch));
      inputs = inputs.with(input.name(), fed);
      signature.input(input.name(), fed);
    }
    return signature.output(function.output(), function.body().at(tf, weights, inputs)).build();
  }

  private static List<PictureFunction> pictures(
      List<TaskFunction> functions, List<Signature> signatures, Graph graph) {
    List<PictureFunction> pictures = new ArrayList<>();
    for (int i = 0; i < functions.size(); i++) {
      TaskFunction function = functions.get(i);
      if (function.picture().isPresent()) {
        String output = signatures.get(i).getOutputs().get(function.output()).name;
        pictures.add(picture(function, shape(graph, output)));
      }
    }
    return pictures;
  }

  private static Shape shape(Graph graph, String tensor) {
    int colon = tensor.lastIndexOf(':');
    int index = Integer.parseInt(tensor.substring(colon + 1));
    return graph.operation(tensor.substring(0, colon)).output(index).shape();
  }

  private static PictureFunction picture(TaskFunction function, Shape output) {
    PictureForm form = function.picture().orElseThrow();
    ModelException.require(
        output.numDimensions() == PICTURE_AXES && output.get(PICTURE_AXES - 1) > 0,
        function.name() + ": expected pictures (n, height, width, channels), found " + output);
    return new PictureFunction(
        function.name(),
        Math.toIntExact(function.inputs().get(0).shape().get(2)),
        Math.toIntExact(output.get(PICTURE_AXES - 1)),
        form.scale(),
        form.multiple(),
        form.reach());
  }
}
