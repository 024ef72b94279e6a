/**
 * Scores of generators: Fréchet and kernel distances, precision and recall, mode counts and the
 * support size, with their errors and protocol.
 */
@Internal
package org.sparring.scores;

import org.sparring.Internal;
