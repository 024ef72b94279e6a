/**
 * The seam to TensorFlow: owner-tagged resource variables, initializers, ordered writes, save and
 * restore nodes, stateless seeds, session configuration and native libraries. Knows no network, no
 * loss and no game.
 */
package org.sparring.graph;
