package org.sparring.games;

import org.sparring.graph.Weights;

/**
 * A point (θ, φ) at which the losses of a game are evaluated.
 *
 * @param generator θ, values of all variables of the generator player
 * @param discriminator φ, values of all variables of the discriminator player
 */
public record Point(Weights generator, Weights discriminator) {}
