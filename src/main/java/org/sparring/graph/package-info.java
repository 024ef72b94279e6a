/**
 * The layer over TensorFlow graphs: variables with an owner, initializers, gradients of first and
 * second order, save and restore nodes, stateless seeds, loops. Knows no network, loss or game.
 */
package org.sparring.graph;
