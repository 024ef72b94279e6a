package org.sparring.games;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparring.errors.OptimizerException;
import org.sparring.games.ScalarGame.ByHand;
import org.sparring.graph.ScratchGraph;
import org.tensorflow.op.Op;

/** Each rule on a game of two numbers, against the same game played by hand in double. */
class GameRuleTest {
  private static final int STEPS = 5;
  private static final double TOLERANCE = 2e-6;

  @Test
  void simultaneousPlayersMoveFromTheSamePoint() {
    ByHand hand = new ByHand();
    assertPlayed(
        new Simultaneous(),
        hand,
        () -> {
          double before = hand.phi();
          double[] losses = {hand.discriminatorLoss(0), hand.generatorLoss(before, 0)};
          hand.moveDiscriminator(0);
          hand.moveGenerator(before, 0);
          return losses;
        });
  }

  @Test
  void theAlternatingGeneratorMeetsTheDiscriminatorThatHasMoved() {
    ByHand hand = new ByHand();
    assertPlayed(new Alternating(1), hand, () -> alternate(hand, 1, 0));
  }

  @Test
  void threeDiscriminatorStepsTakeThreeDrawsAndTheGeneratorTheLast() {
    ByHand hand = new ByHand();
    assertPlayed(new Alternating(3), hand, () -> alternate(hand, 3, 2));
  }

  @Test
  void freshNoiseIsADrawOfTheGeneratorsOwn() {
    ByHand one = new ByHand();
    assertPlayed(new Alternating(1, true), one, () -> alternate(one, 1, 1));
    ByHand three = new ByHand();
    assertPlayed(new Alternating(3, true), three, () -> alternate(three, 3, 3));
  }

  @Test
  void theRulesLeadToPlacesFurtherApartThanTheTolerance() {
    ByHand stale = new ByHand();
    ByHand met = new ByHand();
    ByHand other = new ByHand();
    for (int step = 0; step < STEPS; step++) {
      double before = stale.phi();
      stale.moveDiscriminator(0);
      stale.moveGenerator(before, 0);
      alternate(met, 1, 0);
      alternate(other, 1, 1);
    }
    assertTrue(Math.abs(stale.theta() - met.theta()) > 1000 * TOLERANCE);
    assertTrue(Math.abs(other.theta() - met.theta()) > 1000 * TOLERANCE);
  }

  @Test
  void theAlternatingGeneratorConsultsAndTheSimultaneousOneSharesTheVerdict() {
    try (ScratchGraph graph = new ScratchGraph()) {
      ScalarGame game = new ScalarGame(graph);
      new Simultaneous().step(graph.tf(), game);
      assertEquals(0, game.consulted());
      new Alternating(3).step(graph.tf(), game);
      assertEquals(1, game.consulted());
    }
  }

  @Test
  void drawsAreTheBatchesOfRealSamples() {
    assertEquals(1, new Simultaneous().draws());
    assertEquals(3, new Alternating(3, true).draws());
    var e = assertThrows(OptimizerException.class, () -> new Alternating(0));
    assertEquals("the discriminator must make at least 1 step a round, found 0", e.getMessage());
  }

  /** One round of algorithm 1; the losses are those before each player's last move. */
  private static double[] alternate(ByHand hand, int discriminatorSteps, int generatorDraw) {
    double loss = 0;
    for (int draw = 0; draw < discriminatorSteps; draw++) {
      loss = hand.discriminatorLoss(draw);
      hand.moveDiscriminator(draw);
    }
    double generatorLoss = hand.generatorLoss(hand.phi(), generatorDraw);
    hand.moveGenerator(hand.phi(), generatorDraw);
    return new double[] {loss, generatorLoss};
  }

  private interface Round {
    double[] play();
  }

  private static void assertPlayed(GameRule rule, ByHand hand, Round round) {
    try (ScratchGraph graph = new ScratchGraph()) {
      ScalarGame game = new ScalarGame(graph);
      Move move = rule.step(graph.tf(), game);
      graph.initialize();
      var tf = graph.tf();
      Op step = tf.withControlDependencies(move.done()).noOp();
      var losses = List.of(move.discriminatorLoss(), move.generatorLoss());
      for (int i = 0; i < STEPS; i++) {
        var stepped = tf.withControlDependencies(List.of(step));
        List<float[]> found =
            graph.floats(losses.stream().map(loss -> stepped.identity(loss)).toList());
        double[] expected = round.play();
        assertEquals(expected[0], found.get(0)[0], TOLERANCE, "discriminator's loss, step " + i);
        assertEquals(expected[1], found.get(1)[0], TOLERANCE, "generator's loss, step " + i);
        assertEquals(hand.phi(), graph.floats(game.phi.read(tf))[0], TOLERANCE, "φ, step " + i);
        assertEquals(hand.theta(), graph.floats(game.theta.read(tf))[0], TOLERANCE, "θ, step " + i);
      }
    }
  }
}
