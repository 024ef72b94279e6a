/**
 * How a training step is timed, whoever makes it: plain Java, so that the same clock stands beside
 * Sparring and beside other libraries ({@code benchmarks/peers} compiles this package too).
 */
package org.sparring.benchmarks.timing;
