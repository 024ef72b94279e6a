package org.sparring.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.graph.Owner.DISCRIMINATOR;
import static org.sparring.graph.Owner.GENERATOR;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.games.Losses;
import org.sparring.games.Mode;
import org.sparring.games.Player;
import org.sparring.games.Point;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.tasks.Phase;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * The gradients of both players' whole losses, against central differences of the same losses as
 * {@link TinyTasks} computes them from images and logits.
 *
 * <p>Each check names a network, and those terms of its player's loss whose weights would fail the
 * test if they were wrong by five percent.
 */
class TaskGradientsTest {
  private static final double MISTAKE = 0.05;

  @Test
  void theGradientsOfPairs() {
    try (PlayedTask played = TinyTasks.playedPairs()) {
      LossSlopes slopes = LossSlopes.of(played, Phase.WHOLE, 0, TinyTasks.pairs(played));
      assertSeen("b/adversarial b/pixel", slopes.check(GENERATOR, "a_to_b"));
      assertSeen("a/adversarial a/pixel", slopes.check(GENERATOR, "b_to_a"));
      assertSeen("b/judged", slopes.check(DISCRIMINATOR, "a_to_b"));
      assertSeen("a/judged", slopes.check(DISCRIMINATOR, "b_to_a"));
    }
  }

  /** Both generators learn from both cycles. */
  @Test
  void theGradientsOfTwoDomains() {
    try (PlayedTask played = TinyTasks.playedDomains(0)) {
      LossSlopes slopes = LossSlopes.of(played, Phase.WHOLE, 0, TinyTasks.domains(played));
      Map<String, Double> forth = slopes.check(GENERATOR, "a_to_b");
      assertSeen("b/adversarial a/cycle b/identity", forth);
      assertTrue(forth.get("b/cycle") < 0.2, forth.toString());
      Map<String, Double> back = slopes.check(GENERATOR, "b_to_a");
      assertSeen("a/adversarial b/cycle a/identity", back);
      assertTrue(back.get("a/cycle") < 0.2, back.toString());
      assertSeen("a/judged", slopes.check(DISCRIMINATOR, "/a/"));
      assertSeen("b/judged", slopes.check(DISCRIMINATOR, "/b/"));
    }
  }

  /** In the first step a pool returns what it receives. In the tenth it is full. */
  @Test
  void aPoolChangesWhatTheDiscriminatorsSeeAndNotWhatTheGeneratorsLearn() {
    try (PlayedTask played = TinyTasks.playedDomains(4)) {
      LossTerms.Both terms = TinyTasks.domains(played);
      LossSlopes filling = LossSlopes.of(played, Phase.WHOLE, 0, terms);
      LossSlopes full = LossSlopes.of(played, Phase.WHOLE, 9, terms);
      filling.check(DISCRIMINATOR, "");
      full.check(GENERATOR, "");
      assertNotEquals(filling.loss(DISCRIMINATOR), full.loss(DISCRIMINATOR));
    }
  }

  @Test
  void theGradientsOfEnlargedImages() {
    try (PlayedTask played = TinyTasks.playedImages()) {
      Phase second = TinyTasks.RESTORE.phases().get(1);
      LossSlopes slopes = LossSlopes.of(played, second, 4, TinyTasks.images(played, 1.3, 0.6));
      assertSeen("adversarial pixel", slopes.check(GENERATOR, ""));
      assertSeen("judged", slopes.check(DISCRIMINATOR, ""));
    }
  }

  /** The absolute difference with weight 1, whatever its weight in the second phase. */
  @Test
  void theGradientOfPretraining() {
    try (PlayedTask played = TinyTasks.playedImages()) {
      Phase first = TinyTasks.RESTORE.phases().get(0);
      LossSlopes slopes = LossSlopes.of(played, first, 0, TinyTasks.images(played, 1, 0));
      assertSeen("pixel", slopes.check(GENERATOR, ""));
      assertEquals(0, slopes.loss(DISCRIMINATOR));
    }
  }

  static Stream<Supplier<PlayedTask>> tasks() {
    return Stream.of(
        TinyTasks::playedPairs, () -> TinyTasks.playedDomains(4), TinyTasks::playedImages);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void anUpdateMovesEveryWeightOfItsPlayerAndNothingElse(Supplier<PlayedTask> made) {
    try (PlayedTask played = made.get()) {
      for (Owner player : List.of(GENERATOR, DISCRIMINATOR)) {
        Op moved = moved(played, player);
        played.graph().initialize();
        Map<Variable<?>, float[]> before = played.stored();
        played.graph().run(moved);
        Map<Variable<?>, float[]> after = played.stored();
        before.forEach(
            (v, values) -> {
              boolean same = Arrays.equals(values, after.get(v));
              boolean moves = v.owner() == player && v.trainable();
              if (!moves || !isShift(played, v)) {
                assertEquals(!moves, same, v.name() + " in an update of the " + player);
              }
            });
      }
    }
  }

  /**
   * A loss that compares logits with each other does not change if all of them are shifted: what
   * moves their bias is rounding.
   */
  private static boolean isShift(PlayedTask played, Variable<?> v) {
    return played.setup().task() == TinyTasks.RESTORE
        && v.name().equals("discriminator/logits/bias");
  }

  private static Op moved(PlayedTask played, Owner owner) {
    Ops tf = played.graph().tf();
    Player generator = played.players().generator();
    Player discriminator = played.players().discriminator();
    Point here = new Point(generator.read(tf), discriminator.read(tf));
    Mode mode = owner == GENERATOR ? Mode.GENERATOR_UPDATE : Mode.UPDATE;
    Losses losses = played.game(Phase.WHOLE, 9).at(tf, here, 0, mode);
    return owner == GENERATOR
        ? generator.move(tf, losses.generator(), here.generator()).done()
        : discriminator.move(tf, losses.discriminator(), here.discriminator()).done();
  }

  private static void assertSeen(String terms, Map<String, Double> undetected) {
    for (String term : terms.split(" ")) {
      assertTrue(undetected.get(term) < MISTAKE, term + " in " + undetected);
    }
  }
}
