package org.sparring.training;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparring.batches.RealSamples;
import org.sparring.graph.Fingerprint;
import org.sparring.graph.Host;
import org.sparring.graph.Owner;
import org.sparring.graph.SaveNodes;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.natives.NativeLibraries;
import org.sparring.nets.Condition;
import org.sparring.nets.Generator;
import org.sparring.nets.MeasuredStatistics;
import org.sparring.optimizers.WeightAverage;
import org.sparring.tasks.GameSetup;
import org.sparring.tasks.Players;
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
 * @param steps one step of the game, averages and counters included
 * @param counter steps done, int64 scalar, read on its own
 * @param preview (n, sample shape) of the averaged generator on fixed latents
 * @param fingerprint of all trained variables of both players and of the average
 * @param networks variables of both networks and of the generator's average, without the
 *     optimizers' own
 * @param probe what is measured now and then; empty where nothing is to be measured on
 */
public record TrainingGraph(
    Graph graph,
    RealSamples samples,
    Op initialization,
    Steps steps,
    Operand<TInt64> counter,
    Operand<TFloat32> preview,
    Fingerprint fingerprint,
    List<Variable<TFloat32>> networks,
    Optional<Probe> probe) {

  /** How the data set is made part of a graph. */
  @FunctionalInterface
  public interface SamplesMaker {
    RealSamples make(Ops tf, Variable<TInt64> step);
  }

  /**
   * What is looked at beside the training.
   *
   * @param previews samples in a preview, at least 1
   * @param probed what meters are measured on, if they are
   */
  public record Views(int previews, Optional<ProbeSet> probed) {}

  /** Builds the ops of a run into a new graph. */
  public static TrainingGraph build(
      GameSetup contest, Seeds seeds, SamplesMaker data, Views views) {
    NativeLibraries.load();
    Graph graph = new Graph();
    try {
      return build(graph, contest, seeds, data, views);
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  private static TrainingGraph build(
      Graph graph, GameSetup contest, Seeds seeds, SamplesMaker data, Views views) {
    Ops tf = Ops.create(graph);
    Variables variables = new Variables(tf, seeds);
    Variable<TInt64> counter = variables.hostCounter(Owner.RUN, "step");
    RealSamples samples = data.make(tf, counter);
    Players players = Players.of(contest, variables);
    WeightAverage average =
        new WeightAverage(variables, variables.trainable(Owner.GENERATOR), contest.averageDecay());
    Steps steps = new StepBuilder(contest, players, samples, seeds, average, counter).steps(tf);
    Generator generator = players.generatorNet();
    Operand<TFloat32> preview = preview(tf, contest, seeds, average, generator, views.previews());
    Fingerprint fingerprint = new Fingerprint(tf, TrainedWeights.of(variables, average));
    Optional<Probe> probe = views.probed().map(set -> Probe.of(tf, contest, players, seeds, set));
    SaveNodes.add(tf, variables.all());
    return new TrainingGraph(
        graph,
        samples,
        variables.initialization(),
        steps,
        counter.read(Host.of(tf)),
        preview,
        fingerprint,
        networks(players, average),
        probe);
  }

  private static Operand<TFloat32> preview(
      Ops tf,
      GameSetup contest,
      Seeds seeds,
      WeightAverage average,
      Generator generator,
      int count) {
    Operand<TFloat32> z = contest.latent().sample(tf, count, seeds.once(tf, "preview"));
    Weights averaged = average.read(tf);
    var statistics = MeasuredStatistics.of(tf, generator, averaged, contest.latent());
    // a conditional generator shows its classes one after the other, as many of each
    Condition classes = Condition.inTurn(tf, generator, count);
    return generator.generate(tf, averaged.with(statistics), z, classes, Pass.inference());
  }

  private static List<Variable<TFloat32>> networks(Players players, WeightAverage average) {
    return Stream.of(
            players.generatorNet().variables(),
            players.discriminatorNet().variables(),
            average.variables())
        .flatMap(List::stream)
        .toList();
  }
}
