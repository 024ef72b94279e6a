package org.sparring.batches;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sparring.data.ImageSource;
import org.sparring.games.Alternating;
import org.sparring.graph.Seeds;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.Dcgan;
import org.sparring.regularizers.R1;
import org.sparring.tasks.Contests;
import org.sparring.tasks.GameSetup;
import org.sparring.tasks.PairTask;
import org.sparring.tasks.Regularization;
import org.sparring.training.StepsPerCall;
import org.sparring.training.TinyRun;
import org.sparring.training.TrainingGraph;
import org.sparring.training.TrainingLoop;
import org.tensorflow.Session;

/** Short trainings on streamed images of 8×8×3: two in a minibatch, three minibatches in a step. */
final class StreamedRuns {
  static final String THREADS = "sparring-data-";

  private StreamedRuns() {}

  static String weights(TrainingGraph graph, long until, StepsPerCall pace) {
    try (var whole = graph.graph();
        Session session = new Session(whole, SessionOptions.CPU.config());
        Sources samples = graph.samples()) {
      session.run(graph.initialization());
      samples.load(session);
      new TrainingLoop(graph, session, 6, pace, List.of()).run(until, Optional::empty);
      return graph.fingerprint().of(session).sha256();
    }
  }

  static String run(
      TrainingGraph graph,
      Sources samples,
      Session session,
      long until,
      Path prefix,
      StepsPerCall pace) {
    samples.load(session);
    new TrainingLoop(graph, session, 6, pace, List.of()).run(until, Optional::empty);
    session.save(prefix.toString());
    return graph.fingerprint().of(session).sha256();
  }

  static GameSetup contest() {
    return contest(Regularization.NONE);
  }

  /** The penalty is due in every second step, so that the step has two forms. */
  static GameSetup lazy() {
    return contest(new Regularization(Optional.of(new R1(10)), 2, Optional.empty()));
  }

  static GameSetup contest(Regularization regularization) {
    GameSetup sound = TinyRun.contest(TinyRun.NETS, new Alternating(3));
    PairTask pair = Contests.pair(sound);
    return new GameSetup(
        new PairTask(
            new Dcgan(8, 3, 2, TinyRun.LATENT), pair.latent(), pair.loss(), regularization),
        sound.rule(),
        sound.optimizers(),
        0.9f,
        2);
  }

  static SampleOrder order(ImageSource source) {
    return new SampleOrder(new Seeds(1), source.size());
  }

  static TrainingGraph graph(ImageSource source) {
    return graph(contest(), source);
  }

  static TrainingGraph graph(GameSetup contest, ImageSource source) {
    return graph(contest, source, (tf, step) -> new StreamedSamples(tf, reading(source), 3, step));
  }

  static TrainingGraph graph(
      GameSetup contest, ImageSource source, TrainingGraph.SamplesMaker samples) {
    return TrainingGraph.build(
        contest, new Seeds(1), samples, new TrainingGraph.Views(1, Optional.empty()));
  }

  static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.startsWith(THREADS))
        .toList();
  }

  static SampleReading reading(ImageSource source) {
    return SampleReading.of(source, order(source), 2);
  }

  static void trainOneEpoch(ImageSource source, StepsPerCall pace) {
    weights(graph(source), source.size(), pace);
  }
}
