/**
 * The layer over TensorFlow graphs: variables with an owner, initializers, gradients of first and
 * second order, save and restore nodes, stateless seeds, loops. Does not depend on networks, losses
 * or games.
 */
package org.sparring.graph;
