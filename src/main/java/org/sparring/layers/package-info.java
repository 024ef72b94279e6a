/**
 * Layers of networks as pure functions of weights and an input: convolutions, normalisations,
 * spectral norm, residual blocks. They create their variables once and read the values from the
 * given weights.
 */
package org.sparring.layers;
