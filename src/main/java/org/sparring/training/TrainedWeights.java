package org.sparring.training;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.sparring.graph.Fingerprint;
import org.sparring.graph.Owner;
import org.sparring.graph.SaveNodes;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.natives.NativeLibraries;
import org.sparring.natives.SessionOptions;
import org.sparring.optimizers.WeightAverage;
import org.sparring.tasks.GameSetup;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The trained weights of a game in a graph without data, losses and steps, for reading a checkpoint
 * without training.
 */
public final class TrainedWeights implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Fingerprint fingerprint;

  /** Builds the graph. */
  public TrainedWeights(GameSetup setup) {
    NativeLibraries.load();
    try {
      Ops tf = Ops.create(graph);
      Variables variables = new Variables(tf, new Seeds(0));
      setup.task().create(variables);
      WeightAverage average =
          new WeightAverage(variables, variables.trainable(Owner.GENERATOR), setup.averageDecay());
      List<Variable<TFloat32>> all = of(variables, average);
      fingerprint = new Fingerprint(tf, all);
      SaveNodes.add(tf, List.copyOf(all));
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  /** Of both players, and the average. */
  static List<Variable<TFloat32>> of(Variables variables, WeightAverage average) {
    return Stream.of(
            variables.trainable(Owner.GENERATOR),
            variables.trainable(Owner.DISCRIMINATOR),
            average.variables())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * SHA-256 of all weights, as {@link TrainingGraph#fingerprint()} gives it.
   *
   * @param restore gives a session's variables their saved values
   */
  public String sha256(Consumer<Session> restore) {
    try (Session session = new Session(graph, SessionOptions.CPU.config())) {
      restore.accept(session);
      return fingerprint.of(session).sha256();
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
