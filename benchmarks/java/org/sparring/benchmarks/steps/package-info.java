/** Measures training steps: their time, their memory, and the limits of a device. */
package org.sparring.benchmarks.steps;
