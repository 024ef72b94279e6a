package org.sparring.runs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.sparring.assembly.Assembly;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.checkpoints.PinnedCheckpoint;
import org.sparring.errors.ArgumentException;
import org.sparring.exports.ModelFolder;
import org.sparring.graph.Variable;
import org.sparring.inference.KernelGains;
import org.sparring.inference.LoadedModel;
import org.sparring.inference.OpPolicy;
import org.sparring.runfolders.RunDescription;
import org.sparring.runfolders.RunFolder;
import org.sparring.runfolders.RunPlan;
import org.sparring.runfolders.WeightsCheck;
import org.sparring.training.TrainingGraph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.train.Restore;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * Starts a run from the weights of another run or model. From a run folder, the newest checkpoint
 * supplies both networks and the average; from a SavedModel, the generator supplies the generator
 * and the average, with its kernels as they were before batch normalisation was folded into them.
 * The optimizer state, the step and the random numbers start anew.
 *
 * @param source a run folder or a SavedModel folder of networks with the same shapes
 */
record WarmStart(Path source) {
  private static final String AVERAGE = "run/ema/";

  /**
   * Overwrites the networks' variables, which must be initialised already.
   *
   * @throws ArgumentException if the source has other networks
   */
  void into(TrainingGraph training, Session session) {
    RunFolder run = new RunFolder(source);
    if (run.isBegun()) {
      run.requireSound();
      CheckpointStore checkpoints = new CheckpointStore(run.checkpoints(), 1);
      try (PinnedCheckpoint pinned =
              PinnedCheckpoint.of(checkpoints::latest)
                  .orElseThrow(
                      () -> new ArgumentException("from", source + " holds no checkpoint yet"));
          WeightsCheck weights =
              WeightsCheck.of(
                  new Assembly(RunPlan.begun(run)), RunDescription.data(run.description()))) {
        weights.require(pinned.checkpoint(), pinned.origin());
        assign(training, session, pinned.checkpoint().prefix(), name -> name, Map.of());
      }
    } else {
      Path model = ModelFolder.find(source);
      LoadedModel.check(model, OpPolicy.KNOWN);
      // only the generator, under its own names; the average gets the same values
      Path prefix = model.resolve("variables").resolve("variables");
      UnaryOperator<String> stored = name -> name.replaceFirst("^" + AVERAGE, "");
      assign(training, session, prefix, stored, KernelGains.of(model));
    }
  }

  /**
   * @param stored the name under which the source stores a variable
   * @param gains names of the gains that kernels must be divided by, by the kernels' stored names
   */
  private void assign(
      TrainingGraph training,
      Session session,
      Path prefix,
      UnaryOperator<String> stored,
      Map<String, String> gains) {
    boolean model = !stored.apply(AVERAGE).equals(AVERAGE);
    List<Variable<TFloat32>> variables =
        training.state().networks().stream()
            .filter(v -> !model || !v.name().startsWith("discriminator/"))
            .toList();
    Ops tf = Ops.create(training.graph());
    Placeholder<TString> file = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    List<String> names = variables.stream().map(v -> stored.apply(v.name())).toList();
    List<Operand<TFloat32>> values = restored(tf, file, names);
    List<String> scaled = names.stream().filter(gains::containsKey).toList();
    List<Operand<TFloat32>> factors = restored(tf, file, scaled.stream().map(gains::get).toList());
    List<Op> assigned = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Variable<TFloat32> variable = variables.get(i);
      int at = scaled.indexOf(names.get(i));
      Operand<TFloat32> value =
          at < 0 ? values.get(i) : tf.math.divNoNan(values.get(i), factors.get(at));
      assigned.add(variable.assign(tf, tf.ensureShape(value, variable.shape())));
    }
    run(session, file, tf.withControlDependencies(assigned).noOp(), prefix);
  }

  private static List<Operand<TFloat32>> restored(
      Ops tf, Placeholder<TString> file, List<String> names) {
    if (names.isEmpty()) {
      return List.of();
    }
    String[] whole = new String[names.size()];
    Arrays.fill(whole, "");
    Restore read =
        tf.train.restore(
            file,
            tf.array(names.toArray(String[]::new)),
            tf.array(whole),
            Collections.nCopies(names.size(), TFloat32.class));
    return read.tensors().stream()
        .<Operand<TFloat32>>map(tensor -> tensor.asOutput().expect(TFloat32.class))
        .toList();
  }

  private void run(Session session, Placeholder<TString> file, Op assignment, Path prefix) {
    try (TString path = TString.scalarOf(prefix.toString())) {
      session.runner().feed(file, path).addTarget(assignment).run().close();
    } catch (RuntimeException e) { // TensorFlow's exceptions have no common class
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new ArgumentException(
          "from",
          "expected networks as this recipe has them, in float32, found others in "
              + source
              + "\n"
              + reason,
          e);
    }
  }
}
