/**
 * The training step of {@code org.sparring.nets.Dcgan}, alternating, in other libraries for the
 * JVM: the same layers, parameters, losses and updates, as their own users would write it.
 */
package org.sparring.benchmarks.peers;
