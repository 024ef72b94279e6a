package org.sparring.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sparring.graph.Fingerprint;
import org.sparring.graph.NativeLibraries;
import org.sparring.graph.Owner;
import org.sparring.graph.SaveNodes;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.nets.Generator;
import org.sparring.nets.MeasuredStatistics;
import org.sparring.nets.Pass;
import org.sparring.optimizers.Move;
import org.sparring.optimizers.WeightAverage;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The ops of a run by name: what a loop runs.
 *
 * @param graph that holds them all; closed by whoever made it
 * @param samples the data, to be loaded before the first step
 * @param initialization gives every variable its first value
 * @param step one step of the game, averages and counters included
 * @param meters (4) float32 of the step: {@code d_loss}, {@code g_loss}, mean D(x), mean D(G(z))
 * @param counter steps done, int64 scalar, read on its own
 * @param preview (n, height, width, channels) of the averaged generator on fixed latents
 * @param fingerprint of all trained variables of both players and of the average
 */
public record TrainingGraph(
    Graph graph,
    RealSamples samples,
    Op initialization,
    Op step,
    Operand<TFloat32> meters,
    Operand<TInt64> counter,
    Operand<TFloat32> preview,
    Fingerprint fingerprint) {

  /** How the data set is made part of a graph. */
  @FunctionalInterface
  public interface SamplesMaker {
    RealSamples make(Ops tf, Variable<TInt64> step);
  }

  /**
   * Builds the ops of a run into a new graph.
   *
   * @param previews images in a preview, at least 1
   */
  public static TrainingGraph build(Contest contest, Seeds seeds, SamplesMaker data, int previews) {
    NativeLibraries.load();
    Graph graph = new Graph();
    Ops tf = Ops.create(graph);
    Variables variables = new Variables(tf, seeds);
    Variable<TInt64> steps = variables.counter(Owner.RUN, "step");
    RealSamples samples = data.make(tf, steps);
    Operand<TInt64> before = steps.read(tf);
    ContestGame game = new ContestGame(contest, variables, samples, seeds, before);
    Move move = contest.rule().step(tf, game);
    WeightAverage average =
        new WeightAverage(variables, variables.trainable(Owner.GENERATOR), contest.averageDecay());
    Op step = step(tf, move, game, average, steps, before);
    Operand<TFloat32> preview = preview(tf, contest, seeds, average, game.generatorNet(), previews);
    Fingerprint fingerprint = new Fingerprint(tf, trained(variables, average));
    SaveNodes.add(tf, variables.all());
    return new TrainingGraph(
        graph,
        samples,
        variables.initialization(),
        step,
        meters(tf, move),
        steps.read(tf),
        preview,
        fingerprint);
  }

  /** Players and statistics, each average behind its weight, and the count behind all of them. */
  private static Op step(
      Ops tf,
      Move move,
      ContestGame game,
      WeightAverage average,
      Variable<TInt64> steps,
      Operand<TInt64> before) {
    List<Op> moved = new ArrayList<>(move.done());
    // behind the players: what they consult is the state that the step began with
    moved.addAll(game.statistics(tf.withControlDependencies(move.done())));
    moved.addAll(average.update(tf, before, move.generatorWrites()));
    return steps.add(tf.withControlDependencies(moved).withName("step.done"), tf.constant(1L));
  }

  private static Operand<TFloat32> meters(Ops tf, Move move) {
    Operand<TFloat32> real = probability(tf, move.verdict().real());
    Operand<TFloat32> fake = probability(tf, move.verdict().fake());
    return tf.withName("step.meters")
        .stack(List.of(move.discriminatorLoss(), move.generatorLoss(), real, fake));
  }

  private static Operand<TFloat32> probability(Ops tf, Operand<TFloat32> logits) {
    return tf.math.mean(tf.math.sigmoid(logits), tf.constant(new int[] {0, 1}));
  }

  private static Operand<TFloat32> preview(
      Ops tf, Contest contest, Seeds seeds, WeightAverage average, Generator generator, int count) {
    Operand<TFloat32> z = contest.latent().sample(tf, count, seeds.once(tf, "preview"));
    Weights averaged = average.read(tf);
    var statistics = MeasuredStatistics.of(tf, generator, averaged, contest.latent());
    return generator.generate(tf, averaged.with(statistics), z, Pass.inference());
  }

  private static List<Variable<TFloat32>> trained(Variables variables, WeightAverage average) {
    return Stream.of(
            variables.trainable(Owner.GENERATOR),
            variables.trainable(Owner.DISCRIMINATOR),
            average.variables())
        .flatMap(List::stream)
        .toList();
  }
}
