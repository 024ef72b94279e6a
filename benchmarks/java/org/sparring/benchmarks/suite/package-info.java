/** Runs the benchmark suite, shows its progress and writes its sheets. */
package org.sparring.benchmarks.suite;
