package org.sparring.distributed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparring.assembly.Assembly;
import org.sparring.natives.SessionOptions;
import org.sparring.recipes.Recipe;
import org.sparring.replicas.Exchange;
import org.sparring.training.StepsPerCall;
import org.sparring.training.TrainingGraph;
import org.sparring.training.TrainingLoop;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The outcome of a tiny training.
 *
 * @param weights of both networks and of the average, one variable after another
 * @param sha256 of all weights
 */
record SharedRun(float[] weights, String sha256) {

  /** Trains in one process. */
  static SharedRun alone(Recipe recipe) {
    TrainingGraph graph = graph(recipe, Exchange.NONE);
    return train(recipe, graph, new Session(graph.graph(), SessionOptions.CPU.config()));
  }

  /** Trains on several workers. */
  static List<SharedRun> together(int workers, Recipe recipe) throws Exception {
    return LocalCluster.of(workers)
        .run(
            server -> {
              TrainingGraph graph;
              synchronized (LocalCluster.class) {
                graph = graph(recipe, server.exchange());
              }
              return train(recipe, graph, server.session(graph.graph()));
            });
  }

  private static TrainingGraph graph(Recipe recipe, Exchange exchange) {
    Assembly assembly = new Assembly(recipe).on(exchange);
    return assembly.graph(assembly.data());
  }

  private static SharedRun train(Recipe recipe, TrainingGraph graph, Session session) {
    StepsPerCall pace = StepsPerCall.of(Math.max(1, recipe.device().stepsPerRun()));
    try (var closed = graph.graph();
        session;
        var samples = graph.samples()) {
      session.run(graph.initialization());
      samples.load(session);
      new TrainingLoop(graph, session, recipe.batch(), pace, List.of())
          .run(recipe.steps(), Optional::empty);
      return new SharedRun(weights(graph, session), graph.fingerprint().of(session).sha256());
    }
  }

  /** In one call, because a session prepares the whole graph for every new one. */
  private static float[] weights(TrainingGraph graph, Session session) {
    Ops tf = Ops.create(graph.graph());
    List<Operand<TFloat32>> flat = new ArrayList<>();
    graph
        .state()
        .networks()
        .forEach(v -> flat.add(tf.reshape(v.read(tf), tf.constant(new int[] {-1}))));
    try (Result result = session.runner().fetch(tf.concat(flat, tf.constant(0))).run()) {
      TFloat32 value = (TFloat32) result.get(0);
      float[] numbers = new float[Math.toIntExact(value.size())];
      value.asRawTensor().data().asFloats().read(numbers);
      return numbers;
    }
  }

  /** Largest difference of a weight. */
  double distance(SharedRun other) {
    double most = 0;
    for (int i = 0; i < weights.length; i++) {
      most = Math.max(most, Math.abs(weights[i] - other.weights[i]));
    }
    return most;
  }
}
