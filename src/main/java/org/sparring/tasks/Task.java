package org.sparring.tasks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparring.batches.SampleReading;
import org.sparring.graph.Variables;
import org.sparring.optimizers.WeightClip;

/**
 * A training task: the networks of both players, their losses, and the data that they read. The
 * engine trains any task with any game rule; {@link PairTask} is the classic one of a generator and
 * a discriminator.
 *
 * <p>A player may own several networks: the two generators of a cycle are one player's weights.
 */
public interface Task {
  /** Name of the data source of a task with only one. */
  String DATA = SampleReading.DATA;

  /** Names of the data sources that a step reads; {@link Draw#fields} takes them. */
  default List<String> sources() {
    return List.of(DATA);
  }

  /**
   * Names of the fields of a source that a step reads besides its first field, such as {@code
   * label}; none by default.
   *
   * @param source one of {@link #sources}
   */
  default List<String> fields(String source) {
    return List.of();
  }

  /** Creates the networks and their variables in a graph. */
  TaskNetworks create(Variables variables);

  /**
   * Terms of the losses that are not computed in every step: name to period, at least 2. A term of
   * period n is due in the first of every n steps ({@link Draw#isDue}), and should weigh n times as
   * much there (lazy regularization, Karras et al. 2020, arXiv 1912.04958, section 3.1). The graph
   * has one form of the step for each set of due terms.
   */
  default Map<String, Integer> lazyTerms() {
    return Map.of();
  }

  /** The phases of a run, in order, at least one. By default a run has one phase. */
  default List<Phase> phases() {
    return List.of(Phase.WHOLE);
  }

  /** A bound on the discriminator's weights, applied after each of its updates; none by default. */
  default Optional<WeightClip> clip() {
    return Optional.empty();
  }

  /**
   * Whether batch normalisation uses the moments of the whole minibatch where several devices share
   * it; true by default. Otherwise each device normalises by its own part.
   */
  default boolean sharesMoments() {
    return true;
  }

  /** Samples that a network judges together; a minibatch must be a multiple. Default 1. */
  default int packing() {
    return 1;
  }
}
