package org.sparring.training;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparring.batches.ResidentSamples;
import org.sparring.batches.SampleOrder;
import org.sparring.batches.SampleReading;
import org.sparring.data.GlyphSource;
import org.sparring.data.ImageSource;
import org.sparring.games.GameRule;
import org.sparring.graph.Seeds;
import org.sparring.losses.NonSaturating;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.Architecture;
import org.sparring.nets.Dcgan;
import org.sparring.nets.Latent;
import org.sparring.optimizers.Adam;
import org.sparring.optimizers.LearningRate;
import org.sparring.tasks.GameSetup;
import org.sparring.tasks.PairTask;
import org.sparring.tasks.ProbeSet;
import org.sparring.tasks.Regularization;
import org.sparring.training.TrainingListener.Ending;
import org.tensorflow.Session;

/** A whole run in miniature, with batch normalisation and the average on: 16×16, ten images. */
public final class TinyRun implements AutoCloseable {
  public static final int BATCH = 4;
  public static final int LATENT = 5;
  public static final int PREVIEWS = 3;
  public static final Adam ADAM = new Adam(LearningRate.constant(1e-3f), 0.5f, 0.999f, 1e-8f);
  public static final ImageSource GLYPHS = new GlyphSource(10, 16, 1, 3);
  public static final Architecture NETS = new Dcgan(16, 1, 3, LATENT);

  /** Two greys: enough for meters to be built. */
  private static final ProbeSet PROBED =
      new ProbeSet(greys(), greys(), new int[] {3, 7}, new int[] {0, 9});

  private final TrainingGraph graph;
  private final Session session;
  private final int imagesPerStep;

  public TinyRun(GameRule rule, long seed) {
    this(contest(NETS, rule), seed);
  }

  public TinyRun(GameSetup contest, long seed) {
    this(contest, seed, Optional.of(PROBED));
  }

  public TinyRun(GameSetup contest, long seed, Optional<ProbeSet> probed) {
    this(contest, seed, probed, SessionOptions.CPU);
  }

  private static SampleOrder order(long seed) {
    return new SampleOrder(new Seeds(seed), GLYPHS.size());
  }

  /** On another device. */
  public TinyRun(GameSetup contest, long seed, Optional<ProbeSet> probed, SessionOptions options) {
    graph =
        TrainingGraph.build(
            contest,
            new Seeds(seed),
            (tf, step) ->
                new ResidentSamples(tf, SampleReading.of(GLYPHS, order(seed), contest.batch())),
            new TrainingGraph.Views(PREVIEWS, probed));
    session = new Session(graph.graph(), options.config());
    imagesPerStep = contest.rule().draws() * contest.batch();
  }

  private static float[] greys() {
    float[] greys = new float[2 * 16 * 16];
    Arrays.fill(greys, 256, 512, 0.5f);
    return greys;
  }

  public static GameSetup contest(Architecture nets, GameRule rule) {
    Latent latent = new Latent(LATENT, Latent.Distribution.NORMAL);
    return new GameSetup(
        new PairTask(nets, latent, new NonSaturating(), Regularization.NONE),
        rule,
        new GameSetup.Optimizers(ADAM, ADAM),
        0.9f,
        BATCH);
  }

  public TrainingGraph graph() {
    return graph;
  }

  public Session session() {
    return session;
  }

  public TinyRun begin() {
    session.run(graph.initialization());
    graph.samples().load(session);
    return this;
  }

  public TinyRun resume(Path prefix) {
    session.restore(prefix.toString());
    graph.samples().load(session);
    return this;
  }

  /** Until the run has done so many steps in all. */
  public Ending train(long steps, TrainingListener... listeners) {
    return train(steps, StepsPerCall.of(1), listeners);
  }

  /** The same, several steps at once. */
  public Ending train(long steps, StepsPerCall pace, TrainingListener... listeners) {
    return new TrainingLoop(graph, session, imagesPerStep, pace, List.of(listeners))
        .run(steps, Optional::empty);
  }

  public String fingerprint() {
    return graph.fingerprint().of(session).sha256();
  }

  @Override
  public void close() {
    session.close();
    graph.graph().close();
  }
}
