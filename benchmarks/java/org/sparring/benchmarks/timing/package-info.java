/**
 * Times a training step of any engine. Plain Java, so that Sparring and other libraries are timed
 * by the same clock ({@code benchmarks/peers} compiles this package too).
 */
package org.sparring.benchmarks.timing;
