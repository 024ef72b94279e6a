package org.sparring.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.errors.RecipeException;
import org.sparring.recipes.GameKeys.RuleKind;
import org.sparring.recipes.Keyword;
import org.sparring.recipes.LossKeys.LossKind;
import org.sparring.recipes.PenaltyKeys.PenaltyKind;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.training.StepReport;
import org.sparring.training.TrainingGraph;
import org.sparring.training.TrainingListener;
import org.sparring.training.TrainingLoop;
import org.tensorflow.Session;

/** Which keys go together: every pair that makes sense trains, and the others are refused. */
class CombinationsTest {
  private static final String[] RULES = labels(RuleKind.values());
  private static final String[] LOSSES = labels(LossKind.values());
  private static final String[] PENALTIES = labels(PenaltyKind.values());

  private static String[] labels(Keyword[] values) {
    return Arrays.stream(values).map(Keyword::label).toArray(String[]::new);
  }

  /** Every pair of two of (rule, loss, penalty) at least once: 63 of the 378 games. */
  static List<String> everyPair() {
    List<String> pairs = new ArrayList<>();
    for (int rule = 0; rule < RULES.length; rule++) {
      for (int loss = 0; loss < LOSSES.length; loss++) {
        pairs.add(game(rule, loss, (rule + loss) % PENALTIES.length));
      }
    }
    return pairs;
  }

  static List<String> everyTriple() {
    List<String> triples = new ArrayList<>();
    for (int rule = 0; rule < RULES.length; rule++) {
      for (int loss = 0; loss < LOSSES.length; loss++) {
        for (int penalty = 0; penalty < PENALTIES.length; penalty++) {
          triples.add(game(rule, loss, penalty));
        }
      }
    }
    return triples;
  }

  /** Packed or not, lazy or not, in turns. Meters know of no rule: one of them tries them. */
  private static String game(int rule, int loss, int penalty) {
    boolean none = PENALTIES[penalty].equals("none");
    return "game.rule="
        + RULES[rule]
        + " loss.kind="
        + LOSSES[loss]
        + " penalty.kind="
        + PENALTIES[penalty]
        + (none ? " penalty.clip=0.1" : " penalty.every=" + (1 + loss % 2))
        + " net.packing="
        + (1 + (rule + loss) % 2)
        + (rule == 0 ? "" : " meters.steps=0");
  }

  @Test
  void thePairsAreAllThereAre() {
    List<String> games = everyPair();
    assertEquals(63, games.size());
    assertEquals(63, games.stream().map(g -> values(g, 0, 1)).distinct().count());
    assertEquals(54, games.stream().map(g -> values(g, 0, 2)).distinct().count());
    assertEquals(42, games.stream().map(g -> values(g, 1, 2)).distinct().count());
  }

  private static String values(String game, int first, int second) {
    String[] settings = game.split(" ");
    return settings[first] + " " + settings[second];
  }

  /** A fifth of them, with every rule, every loss and every penalty. */
  static List<String> somePairs() {
    List<String> all = everyPair();
    return IntStream.range(0, all.size()).filter(i -> i % 5 == 0).mapToObj(all::get).toList();
  }

  @Test
  void somePairsHaveEveryKey() {
    for (String[] each : List.of(RULES, LOSSES, PENALTIES)) {
      for (String label : each) {
        assertTrue(
            somePairs().stream().anyMatch(g -> (g + " ").contains("=" + label + " ")), label);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("somePairs")
  void rulesPlayLossesAndPayPenalties(String settings) {
    train("net.kind=mlp data.source=ring " + settings);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("everyPair")
  void everyRulePlaysEveryLossAndPaysEveryPenalty(String settings) {
    train("net.kind=mlp data.source=ring " + settings);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("everyTriple")
  void everyGameIsPlayed(String settings) {
    train("net.kind=mlp data.source=ring " + settings);
  }

  /** One of each kind: a move in place, two draws, second derivatives, and derivatives of moves. */
  @ParameterizedTest
  @ValueSource(strings = {"alternating", "extra-gradient", "consensus", "unrolled"})
  void rulesTrainConvolutionsWithBatchNormalization(String rule) {
    trainConvolutions(rule);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleTrainsConvolutionsWithBatchNormalization(String rule) {
    trainConvolutions(rule);
  }

  private static void trainConvolutions(String rule) {
    train(
        "net.kind=dcgan data.source=glyphs:16 data.side=16 penalty.kind=r1 meters.steps=0"
            + " game.rule="
            + rule);
  }

  static String[] rules() {
    return RULES;
  }

  @ParameterizedTest
  @CsvSource({"batch", "none", "spectral"})
  void everyNormTrainsPackedAndClippedOrPenalized(String norm) {
    String clip = norm.equals("spectral") ? "" : " penalty.clip=0.1";
    train(
        "net.kind=dcgan data.source=glyphs:16 data.side=16 net.packing=2 loss.kind=wasserstein"
            + " penalty.kind=gradient-penalty net.discriminator_norm="
            + norm
            + clip);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sndcgan", "resnet", "r3"})
  void everyImagePairIsConditionalToo(String kind) {
    train(
        "data.source=glyphs:16 data.side=16 data.mirror=true labels.kind=projection"
            + " augment.kind=translation net.kind="
            + kind);
  }

  /** One of each kind, and derivatives through an augmented generator twice. */
  @ParameterizedTest
  @ValueSource(strings = {"alternating", "simultaneous", "extra-gradient", "consensus", "unrolled"})
  void rulesTrainOnAugmentedImages(String rule) {
    train(
        "net.kind=dcgan data.source=glyphs:16 data.side=16 data.channels=3 data.mirror=true"
            + " augment.kind=color+translation+cutout augment.target=0.6 augment.kimg=0.01"
            + " net.discriminator_norm=none net.packing=2 penalty.kind=r1+r2 game.rule="
            + rule);
  }

  @Test
  void everyPairOfNetworksTrains() {
    train("net.kind=maxout-mlp data.source=grid net.depth=3 net.discriminator_width=3");
    train("net.kind=dcgan5 data.source=glyphs:16 data.side=28 net.discriminator_width=2");
    train("net.kind=sndcgan data.source=glyphs:16 data.side=16 net.packing=2 loss.kind=hinge");
    train("net.kind=sndcgan data.source=glyphs:16 data.side=28 net.discriminator_norm=batch");
    train("net.kind=resnet data.source=glyphs:16 data.side=16 loss.kind=hinge net.depth=1");
    train(
        "net.kind=r3 data.source=glyphs:16 data.side=16 loss.kind=relativistic-pairing"
            + " penalty.kind=r1+r2 penalty.every=2 net.packing=2");
    train("net.kind=mlp data.source=glyphs:16 data.side=8 loss.smoothing=0.1 optimizer.kind=sgd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loss.kind=wasserstein | loss.kind wasserstein: expected a bound on the critic's slope",
        "loss.kind=hinge loss.smoothing=0.1 | loss.smoothing: expected 0 with loss.kind hinge",
        "loss.kind=hinge loss.halved=true | loss.halved: expected false with loss.kind hinge",
        "game.rule=optimistic game.discriminator_steps=2 | game.discriminator_steps: expected 1",
        "game.rule=unrolled game.fresh_noise=true | game.fresh_noise: expected false",
        "net.discriminator_norm=spectral penalty.clip=0.1 | penalty.clip: expected 0",
        "data.source=ring net.kind=mlp augment.kind=cutout | augment.kind cutout: expected images",
        "data.source=grid net.kind=mlp data.mirror=true | data.mirror: expected images, found grid",
        "data.source=grid net.kind=mlp data.turn=true | data.turn: expected images, found grid",
        "data.crop=33 | data.crop: expected at most data.side 32, found 33",
        "data.group_by=base | data.group_by: expected data.held_out above 0",
        "augment.target=0.6 | augment: expected probability 1, target 0 and kimg 500",
        "augment.probability=0.5 | augment: expected probability 1, target 0 and kimg 500",
        "augment.kind=color augment.target=0.6 augment.probability=0.5 | augment.probability:"
            + " expected 1 with augment.target 0.6",
        "augment.kind=color augment.kimg=100 | augment.kimg: expected 500 with augment.target 0",
        "penalty.every=4 | penalty.every: expected 1 with penalty.kind none",
        "augment.kind=cutout augment.target=0.6 loss.kind=relativistic-pairing | augment.target: "
            + "expected 0 with loss.kind relativistic-pairing",
        "labels.kind=auxiliary net.packing=2 | net.packing: expected 1 with labels.kind auxiliary",
        "net.packing=3 | net.packing: expected a divisor of batch 4, found 3",
        "data.source=ring net.kind=r3 | net.kind r3: expected images, found points",
        "data.source=ring net.kind=dcgan | net.kind dcgan: expected images, found points",
        "net.kind=maxout-mlp data.source=glyphs | net.kind maxout-mlp: expected points"
      })
  void whatMakesNoSenseTogetherIsRefusedWithTheReason(String settings, String reason) {
    RecipeException e =
        assertThrows(
            RecipeException.class,
            () -> {
              Assembly assembly = new Assembly(recipe(settings));
              assembly.contest(assembly.data());
            });
    assertTrue(e.getMessage().startsWith(reason), e.getMessage());
    assertTrue(e.getMessage().lines().count() <= 3, e.getMessage());
  }

  private static Recipe recipe(String settings) {
    RecipeReader reader = new RecipeReader();
    String tiny =
        "net.width=4 net.depth=2 net.latent=3 batch=4 steps=3 meters.samples=8"
            + " game.unrolled_steps=2";
    Arrays.stream((tiny + " samples.count=4 " + settings).split(" +")).forEach(reader::set);
    return reader.recipe();
  }

  /** Three steps, each with finite losses: the loop sees to that. */
  private static void train(String settings) {
    Assembly assembly = new Assembly(recipe(settings));
    TaskData source = assembly.data();
    TrainingGraph training = assembly.graph(source);
    List<Long> steps = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(StepReport report) {
            steps.add(report.step());
          }
        };
    try (var graph = training.graph();
        Session session = new Session(graph, assembly.session().config())) {
      session.run(training.initialization());
      training.samples().load(session);
      new TrainingLoop(training, session, 4, List.of(listener)).run(3, Optional::empty);
      training
          .probe()
          .ifPresent(probe -> probe.read(session).values().forEach(CombinationsTest::finite));
    }
    assertEquals(List.of(1L, 2L, 3L), steps);
  }

  private static void finite(double value) {
    assertTrue(Double.isFinite(value), "a meter is " + value);
  }
}
