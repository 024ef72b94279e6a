package org.sparring.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparring.games.Losses;
import org.sparring.games.Mode;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.Gradients;
import org.sparring.graph.Owner;
import org.sparring.tasks.Phase;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Slopes of the losses of a task: by their gradients, and by central differences of the terms that
 * are expected.
 *
 * <p>Absolute values and rectifiers have kinks, and some lines cross one: the medians over several
 * points are compared, each with its own line. A line has a random part, and a part along the
 * gradient, which makes the slope large.
 *
 * @param terms expected of both players
 * @param losses of the generator's update, and of the discriminator's
 */
record LossSlopes(PlayedTask played, LossTerms.Both terms, Map<Owner, Operand<TFloat32>> losses) {
  private static final int POINTS = 15;

  /** Distance of the points, as a share of the size of the weights. */
  private static final double SPREAD = 0.2;

  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 0.004;

  static LossSlopes of(PlayedTask played, Phase phase, long stepsDone, LossTerms.Both terms) {
    Losses made = played.losses(phase, stepsDone, Mode.GENERATOR_UPDATE);
    Losses judged = played.losses(phase, stepsDone, Mode.UPDATE);
    return new LossSlopes(
        played,
        terms,
        Map.of(Owner.GENERATOR, made.generator(), Owner.DISCRIMINATOR, judged.discriminator()));
  }

  float loss(Owner player) {
    return played.graph().floats(losses.get(player))[0];
  }

  /**
   * Compares the loss of a player and its slopes with the expected ones.
   *
   * @param network part of the names of the variables that move
   * @return for each term that these variables change, how wrong its weight can be without failing
   *     the comparison: 0.05 for 5 percent
   */
  Map<String, Double> check(Owner player, String network) {
    LossTerms expected = player == Owner.GENERATOR ? terms.generator() : terms.discriminator();
    assertEquals(sum(expected.values(played.graph())), loss(player), 1e-5, "the loss");
    List<Operand<TFloat32>> gradients =
        Gradients.whereDependent(played.graph().tf(), losses.get(player), played.inputs(player));
    List<float[]> start = copy(player);
    List<Double> slopes = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    Map<String, List<Double>> each = new LinkedHashMap<>();
    for (int i = 0; i < POINTS; i++) {
      move(player, start, random(player, "", -1 - i), SPREAD);
      List<float[]> gradient = played.graph().floats(gradients);
      List<float[]> line = random(player, network, i);
      turn(line, gradient);
      Slopes found = slopes(player, expected, gradient, line);
      slopes.add(Math.abs(found.gradient));
      errors.add(Math.abs(found.gradient - sum(found.terms)));
      found.terms.forEach(
          (name, d) -> each.computeIfAbsent(name, n -> new ArrayList<>()).add(Math.abs(d)));
    }
    move(player, start, start, 0);
    double allowed = TOLERANCE * median(slopes);
    assertTrue(median(errors) <= allowed, () -> "slopes " + slopes + " differ by " + errors);
    Map<String, Double> undetected = new LinkedHashMap<>();
    each.forEach((name, parts) -> undetected.put(name, allowed / median(parts)));
    undetected.values().removeIf(share -> share > 1);
    return undetected;
  }

  /** Slopes of one line: by the gradient, and of each term. */
  private record Slopes(double gradient, Map<String, Double> terms) {}

  /** (f(h) − f(−h)) / 2h of each term, and the gradient times the same step of float32 weights. */
  private Slopes slopes(
      Owner player, LossTerms expected, List<float[]> gradient, List<float[]> line) {
    List<float[]> here = copy(player);
    move(player, here, line, STEP);
    double ahead = product(gradient, copy(player));
    Map<String, Double> after = expected.values(played.graph());
    move(player, here, line, -STEP);
    double behind = product(gradient, copy(player));
    Map<String, Double> before = expected.values(played.graph());
    Map<String, Double> parts = new LinkedHashMap<>();
    after.forEach((name, f) -> parts.put(name, (f - before.get(name)) / (2 * STEP)));
    return new Slopes((ahead - behind) / (2 * STEP), parts);
  }

  /** Random numbers of the size of the weights of each variable; 0 for those that do not move. */
  private List<float[]> random(Owner player, String network, int seed) {
    List<float[]> random = new ArrayList<>();
    played
        .values(player)
        .forEach(
            (name, weights) -> {
              double size = name.contains(network) ? norm(weights) / Math.sqrt(weights.length) : 0;
              float[] noise = GradientCheck.noise(weights.length, 31L * seed + name.hashCode());
              for (int i = 0; i < noise.length; i++) {
                noise[i] *= (float) size;
              }
              random.add(noise);
            });
    return random;
  }

  /** Adds a step of the same size along the gradient of each variable. */
  private static void turn(List<float[]> line, List<float[]> gradient) {
    for (int v = 0; v < gradient.size(); v++) {
      double share = norm(line.get(v)) / Math.max(norm(gradient.get(v)), 1e-9);
      for (int i = 0; i < gradient.get(v).length; i++) {
        line.get(v)[i] += (float) (share * gradient.get(v)[i]);
      }
    }
  }

  private List<float[]> copy(Owner player) {
    return played.values(player).values().stream().map(float[]::clone).toList();
  }

  private void move(Owner player, List<float[]> from, List<float[]> line, double distance) {
    int variable = 0;
    for (float[] weights : played.values(player).values()) {
      for (int i = 0; i < weights.length; i++) {
        double step = distance * line.get(variable)[i];
        weights[i] = (float) (from.get(variable)[i] + step);
      }
      variable++;
    }
  }

  private static double norm(float[] values) {
    return Math.sqrt(product(List.of(values), List.of(values)));
  }

  private static double product(List<float[]> a, List<float[]> b) {
    double sum = 0;
    for (int v = 0; v < a.size(); v++) {
      for (int i = 0; i < a.get(v).length; i++) {
        sum += (double) a.get(v)[i] * b.get(v)[i];
      }
    }
    return sum;
  }

  private static double sum(Map<String, Double> terms) {
    return terms.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
