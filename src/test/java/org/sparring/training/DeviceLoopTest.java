package org.sparring.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.batches.ResidentSamples;
import org.sparring.batches.SampleOrder;
import org.sparring.batches.SampleReading;
import org.sparring.batches.Variation;
import org.sparring.batches.VariedSamples;
import org.sparring.games.Alternating;
import org.sparring.graph.Seeds;
import org.sparring.natives.SessionOptions;
import org.sparring.replicas.Replica;
import org.sparring.tasks.GameSetup;
import org.tensorflow.Session;

/** Several steps in one call against as many calls. */
class DeviceLoopTest {
  private static final int STEPS = 7;
  private static final GameSetup PLAIN = TinyRun.contest(TinyRun.NETS, new Alternating(1));

  @TempDir private Path folder;

  /** Every net, rule, penalty and state that a run can resume. */
  static List<GameSetup> contests() {
    return ExactResumeTest.contests();
  }

  /** Every second of them. */
  static List<GameSetup> someContests() {
    List<GameSetup> all = contests();
    return IntStream.range(0, all.size()).filter(i -> i % 2 == 0).mapToObj(all::get).toList();
  }

  @ParameterizedTest
  @MethodSource("someContests")
  void stepsMadeAtOnceAreTheVerySteps(GameSetup contest) throws IOException {
    assertTheVerySteps(contest);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("contests")
  void stepsMadeAtOnceAreTheVeryStepsOfEveryContest(GameSetup contest) throws IOException {
    assertTheVerySteps(contest);
  }

  private void assertTheVerySteps(GameSetup contest) throws IOException {
    Reports singly = new Reports();
    Reports atOnce = new Reports();
    try (TinyRun run = new TinyRun(contest, 1).begin()) {
      run.train(STEPS, singly);
      save(run, "singly");
    }
    try (TinyRun run = new TinyRun(contest, 1).begin()) {
      run.train(STEPS, StepsPerCall.of(3), atOnce);
      save(run, "at-once");
    }
    assertEquals(List.of(3L, 6L, 7L), atOnce.stops);
    assertEquals(STEPS, atOnce.meters.size());
    for (int i = 0; i < STEPS; i++) {
      assertArrayEquals(singly.meters.get(i), atOnce.meters.get(i), "step " + (i + 1));
    }
    // weights, slots, averages, batch statistics, counters: every byte of a checkpoint
    assertArrayEquals(bytes("singly"), bytes("at-once"));
  }

  @Test
  void aRunGoesOnFromTheMiddleOfWhatWouldHaveBeenMadeAtOnce() throws IOException {
    // due in the steps 1, 4 and 7, which fall on different places of the two runs
    GameSetup lazy = ExactResumeTest.lazyClippedDescent();
    try (TinyRun whole = new TinyRun(lazy, 1).begin()) {
      whole.train(STEPS, StepsPerCall.of(STEPS), new Reports());
      save(whole, "whole");
    }
    try (TinyRun first = new TinyRun(lazy, 1).begin()) {
      first.train(5, StepsPerCall.of(4), new Reports());
      save(first, "middle");
    }
    try (TinyRun second = new TinyRun(lazy, 1).resume(folder.resolve("middle"))) {
      second.train(STEPS, StepsPerCall.of(4), new Reports());
      save(second, "resumed");
    }
    assertArrayEquals(bytes("whole"), bytes("resumed"));
  }

  @Test
  void mirroredImagesAreThoseOfSingleSteps() {
    assertEquals(mirrored(StepsPerCall.of(1)), mirrored(StepsPerCall.of(5)));
  }

  @Test
  void anAutomaticPaceHasTheWeightsOfSingleSteps() {
    try (TinyRun singly = new TinyRun(PLAIN, 1).begin();
        TinyRun automatic = new TinyRun(PLAIN, 1).begin()) {
      singly.train(800, new Reports());
      automatic.train(800, StepsPerCall.automatic(), new Reports());
      assertEquals(singly.fingerprint(), automatic.fingerprint());
    }
  }

  private static String mirrored(StepsPerCall pace) {
    Seeds seeds = new Seeds(1);
    SampleOrder order = new SampleOrder(seeds, TinyRun.GLYPHS.size());
    TrainingGraph graph =
        TrainingGraph.build(
            PLAIN,
            seeds,
            (tf, step) ->
                new VariedSamples(
                    new ResidentSamples(tf, SampleReading.of(TinyRun.GLYPHS, order, TinyRun.BATCH)),
                    VariedSamples.images(TinyRun.GLYPHS),
                    new Variation.Mirror(),
                    seeds,
                    TinyRun.BATCH,
                    Replica.SINGLE),
            new TrainingGraph.Views(1, Optional.empty()));
    try (var closed = graph.graph();
        Session session = new Session(closed, SessionOptions.CPU.config())) {
      session.run(graph.initialization());
      graph.samples().load(session);
      new TrainingLoop(graph, session, TinyRun.BATCH, pace, List.of()).run(STEPS, Optional::empty);
      return graph.fingerprint().of(session).sha256();
    }
  }

  private void save(TinyRun run, String name) {
    run.session().save(folder.resolve(name).toString());
  }

  private byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name + ".data-00000-of-00001"));
  }

  /** Stops nothing and keeps the reports. */
  private static final class Reports implements TrainingListener {
    private final List<float[]> meters = new ArrayList<>();
    private final List<Long> stops = new ArrayList<>();

    @Override
    public long nextStop(StepReport last) {
      return NEVER;
    }

    @Override
    public void stepped(StepReport report) {
      meters.add(report.values().clone());
      if (report.atRest()) {
        stops.add(report.step());
      }
    }
  }
}
