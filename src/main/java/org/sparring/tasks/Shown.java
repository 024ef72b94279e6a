package org.sparring.tasks;

import org.sparring.graph.Seeds;

/**
 * What the preview of a run is made from.
 *
 * @param seeds of the run
 * @param count samples to show, at least 1
 * @param fixed real samples, for tasks whose networks are given some
 */
public record Shown(Seeds seeds, int count, FixedSamples fixed) {}
