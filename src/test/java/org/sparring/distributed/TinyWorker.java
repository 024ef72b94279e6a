package org.sparring.distributed;

import java.util.List;
import java.util.Optional;
import org.sparring.batches.ResidentSamples;
import org.sparring.batches.SampleOrder;
import org.sparring.batches.SampleReading;
import org.sparring.games.Alternating;
import org.sparring.games.GradientExchange;
import org.sparring.graph.Replica;
import org.sparring.graph.Seeds;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.Mlp;
import org.sparring.tasks.GameSetup;
import org.sparring.training.StepsPerCall;
import org.sparring.training.TinyRun;
import org.sparring.training.TrainingGraph;
import org.sparring.training.TrainingLoop;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;

/**
 * A process of a tiny training, which prints the hash of its weights and some of them.
 *
 * <pre>
 * TinyWorker STEPS                          alone
 * TinyWorker STEPS TASK ADDRESS,ADDRESS
 * </pre>
 */
public final class TinyWorker {
  private static final int BATCH = 4;

  private TinyWorker() {}

  public static void main(String[] args) {
    long steps = Long.parseLong(args[0]);
    if (args.length == 1) {
      TrainingGraph graph = graph(Replica.SINGLE, GradientExchange.NONE);
      train(graph, new Session(graph.graph(), SessionOptions.CPU.config()), steps);
    } else {
      Cluster cluster = new Cluster(List.of(args[2].split(",")), Integer.parseInt(args[1]));
      ClusterServer server = ClusterServer.start(cluster, SessionOptions.CPU.config());
      TrainingGraph graph =
          graph(cluster.replica(), new CollectiveExchange(cluster.workers().size()));
      train(graph, server.session(graph.graph()), steps);
    }
    Runtime.getRuntime().halt(0);
  }

  private static TrainingGraph graph(Replica replica, GradientExchange exchange) {
    GameSetup one =
        TinyRun.contest(new Mlp(Shape.of(16, 16, 1), 8, 2, TinyRun.LATENT), new Alternating(1));
    int batch = BATCH / replica.count();
    GameSetup setup =
        new GameSetup(
            one.task(),
            one.rule(),
            one.optimizers(),
            one.averageDecay(),
            batch,
            replica,
            exchange);
    SampleOrder order = new SampleOrder(new Seeds(1), TinyRun.GLYPHS.size());
    return TrainingGraph.build(
        setup,
        new Seeds(1),
        (tf, step) -> new ResidentSamples(tf, SampleReading.of(TinyRun.GLYPHS, order, batch)),
        new TrainingGraph.Views(1, Optional.empty()));
  }

  private static void train(TrainingGraph graph, Session session, long steps) {
    session.run(graph.initialization());
    graph.samples().load(session);
    new TrainingLoop(graph, session, BATCH, StepsPerCall.of(1), List.of())
        .run(steps, Optional::empty);
    System.out.println("weights " + graph.fingerprint().of(session).sha256());
    try (var preview = session.runner().fetch(graph.preview()).run()) {
      var t = (org.tensorflow.types.TFloat32) preview.get(0);
      StringBuilder s = new StringBuilder();
      for (int i = 0; i < 6; i++) {
        s.append(t.asRawTensor().data().asFloats().getFloat(100 + i)).append(' ');
      }
      System.out.println(s);
    }
  }
}
