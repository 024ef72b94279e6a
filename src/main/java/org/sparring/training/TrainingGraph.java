package org.sparring.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sparring.batches.RealSamples;
import org.sparring.batches.Sources;
import org.sparring.errors.TrainingException;
import org.sparring.graph.Fingerprint;
import org.sparring.graph.Host;
import org.sparring.graph.Owner;
import org.sparring.graph.SaveNodes;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.natives.NativeLibraries;
import org.sparring.optimizers.WeightAverage;
import org.sparring.tasks.FixedSamples;
import org.sparring.tasks.GameSetup;
import org.sparring.tasks.Players;
import org.sparring.tasks.ProbeInputs;
import org.sparring.tasks.ProbeSet;
import org.sparring.tasks.Shown;
import org.sparring.tasks.Task;
import org.sparring.tasks.TaskNetworks;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The named ops of a run, for the training loop.
 *
 * @param graph that holds them all; closed by the code that created it
 * @param samples the data, to be loaded before the first step
 * @param state the variables
 * @param steps one step of the game, averages and counters included
 * @param preview (n, sample shape) of the averaged generator on fixed latent vectors
 * @param probe measurements between steps; empty if there is nothing to measure on
 * @param votes by which several devices end together; empty on one device
 */
public record TrainingGraph(
    Graph graph,
    Sources samples,
    State state,
    Steps steps,
    Operand<TFloat32> preview,
    Optional<Probe> probe,
    Optional<StopVotes> votes) {

  /**
   * The variables of a run.
   *
   * @param variables all that checkpoints hold
   * @param networks of both networks and of the generator's average, without the optimizers'
   * @param initialization gives every variable its first value
   * @param counter number of completed steps, int64 scalar, fetched separately
   * @param fingerprint of all trained variables of both players and of the average
   */
  public record State(
      List<Variable<?>> variables,
      List<Variable<TFloat32>> networks,
      Op initialization,
      Operand<TInt64> counter,
      Fingerprint fingerprint) {}

  /** Gives every variable its first value. */
  public Op initialization() {
    return state.initialization();
  }

  /** Number of completed steps, int64 scalar, fetched separately. */
  public Operand<TInt64> counter() {
    return state.counter();
  }

  /** Of all trained variables of both players and of the average. */
  public Fingerprint fingerprint() {
    return state.fingerprint();
  }

  /** How a data set is made part of a graph. */
  @FunctionalInterface
  public interface SamplesMaker {
    /**
     * @param step steps done, int64 scalar
     */
    RealSamples make(Ops tf, Variable<TInt64> step);
  }

  /**
   * What is observed in addition to the training.
   *
   * @param previews samples in a preview, at least 1
   * @param probed samples that the meters are measured on; empty to measure none
   * @param fixed samples of tasks whose networks are given some, for previews and meters
   */
  public record Views(int previews, Optional<ProbeSet> probed, FixedSamples fixed) {
    /** Without fixed samples. */
    public Views(int previews, Optional<ProbeSet> probed) {
      this(previews, probed, FixedSamples.NONE);
    }
  }

  /** Builds the ops of a run into a new graph, for a task with one source. */
  public static TrainingGraph build(GameSetup setup, Seeds seeds, SamplesMaker data, Views views) {
    return build(setup, seeds, Map.of(Task.DATA, data), views);
  }

  /**
   * Builds the ops of a run into a new graph.
   *
   * @param data by the names of {@link Task#sources}
   */
  public static TrainingGraph build(
      GameSetup setup, Seeds seeds, Map<String, SamplesMaker> data, Views views) {
    List<String> sources = setup.task().sources();
    TrainingException.require(
        data.keySet().equals(Set.copyOf(sources)),
        "expected data for the sources " + sources + ", found " + data.keySet());
    NativeLibraries.load();
    Graph graph = new Graph();
    try {
      return build(graph, setup, seeds, data, views);
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  private static TrainingGraph build(
      Graph graph, GameSetup setup, Seeds seeds, Map<String, SamplesMaker> data, Views views) {
    Ops tf = Ops.create(graph);
    Variables variables = new Variables(tf, seeds, setup.optimizers().packed());
    Variable<TInt64> counter = variables.hostCounter(Owner.RUN, "step");
    Map<String, RealSamples> made = new LinkedHashMap<>();
    setup.task().sources().forEach(name -> made.put(name, data.get(name).make(tf, counter)));
    Sources sources = new Sources(made);
    Players players = Players.of(setup, variables);
    WeightAverage average =
        new WeightAverage(variables, variables.trainable(Owner.GENERATOR), setup.averageDecay());
    Optional<StopVotes> votes =
        setup.replica().isSingle() ? Optional.empty() : Optional.of(new StopVotes(tf));
    Steps steps =
        new StepBuilder(setup, players, sources, seeds, average, counter, votes).steps(tf);
    Operand<TFloat32> preview =
        players
            .networks()
            .preview(tf, average.read(tf), new Shown(seeds, views.previews(), views.fixed()));
    Fingerprint fingerprint = new Fingerprint(tf, TrainedWeights.of(variables, average));
    Optional<Probe> probe =
        views
            .probed()
            .flatMap(any -> Probe.of(tf, players, inputs(players, seeds, views, average.read(tf))));
    SaveNodes.add(tf, variables.all());
    return new TrainingGraph(
        graph,
        sources,
        new State(
            variables.all(),
            networks(players.networks(), average),
            variables.initialization(),
            counter.read(Host.of(tf)),
            fingerprint),
        steps,
        preview,
        probe,
        votes);
  }

  private static ProbeInputs inputs(Players players, Seeds seeds, Views views, Weights averaged) {
    return new ProbeInputs(
        seeds,
        views.probed().orElseThrow(),
        views.fixed(),
        players.generator(),
        players.discriminator(),
        averaged);
  }

  private static List<Variable<TFloat32>> networks(TaskNetworks networks, WeightAverage average) {
    return Stream.of(
            networks.variables(Owner.GENERATOR),
            networks.variables(Owner.DISCRIMINATOR),
            average.variables())
        .flatMap(List::stream)
        .toList();
  }
}
