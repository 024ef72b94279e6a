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
import org.sparring.layers.Normalization;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.Dcgan;
import org.sparring.nets.Mlp;
import org.sparring.tasks.GameSetup;
import org.sparring.training.StepsPerCall;
import org.sparring.training.TinyRun;
import org.sparring.training.TrainingGraph;
import org.sparring.training.TrainingLoop;
import org.tensorflow.Session;

/** A process of a tiny training: TASK ADDRESS,ADDRESS STEPS; prints the hash of the weights. */
public final class TinyWorker {
  private TinyWorker() {}

  public static void main(String[] args) {
    List<String> workers = List.of(args[1].split(","));
    Cluster cluster = new Cluster(workers, Integer.parseInt(args[0]));
    ClusterServer server = ClusterServer.start(cluster, SessionOptions.CPU.config());
    try (TrainingGraph_ run = new TrainingGraph_(cluster.replica(), new CollectiveExchange(workers.size()))) {
      run.train(server.session(run.graph.graph()), Long.parseLong(args[2]));
    }
    Runtime.getRuntime().halt(0);
  }

  static final class TrainingGraph_ implements AutoCloseable {
    final TrainingGraph graph;

    TrainingGraph_(Replica replica, GradientExchange exchange) {
      GameSetup one = TinyRun.contest(new Mlp(16, 1, 3, 8, 2).plain(), new Alternating(1, false));
      int batch = 4 / replica.count();
      GameSetup setup = new GameSetup(one.task(), one.rule(), one.optimizers(), one.averageDecay(), batch, replica, exchange);
      SampleOrder order = new SampleOrder(new Seeds(1), TinyRun.GLYPHS.size());
      graph = TrainingGraph.build(setup, new Seeds(1), (tf, step) -> new ResidentSamples(tf, SampleReading.of(TinyRun.GLYPHS, order, batch)), new TrainingGraph.Views(1, Optional.empty()));
    }

    void train(Session session, long steps) {
      session.run(graph.initialization());
      graph.samples().load(session);
      new TrainingLoop(graph, session, 4, StepsPerCall.of(1), List.of()).run(steps, Optional::empty);
      System.out.println("weights " + graph.fingerprint().of(session).sha256());
    }

    @Override
    public void close() {
      graph.graph().close();
    }
  }
}
