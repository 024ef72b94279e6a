package org.sparring.tasks;

import org.sparring.games.Player;
import org.sparring.graph.Seeds;
import org.sparring.graph.Weights;

/**
 * The inputs of a probe.
 *
 * @param seeds of the run
 * @param set fixed real samples of a pair of a generator and a discriminator
 * @param fixed fixed real samples of other tasks
 * @param averaged weights of the generator player, which an exported model has
 */
public record ProbeInputs(
    Seeds seeds,
    ProbeSet set,
    FixedSamples fixed,
    Player generator,
    Player discriminator,
    Weights averaged) {}
