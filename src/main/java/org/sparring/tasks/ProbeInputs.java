package org.sparring.tasks;

import org.sparring.games.Player;
import org.sparring.graph.Seeds;

/**
 * The inputs of a probe.
 *
 * @param seeds of the run
 * @param set fixed real samples
 */
public record ProbeInputs(Seeds seeds, ProbeSet set, Player generator, Player discriminator) {}
