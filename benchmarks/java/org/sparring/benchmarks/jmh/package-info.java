/** The JMH benchmarks, one class each, every one with a check of what it measured. */
package org.sparring.benchmarks.jmh;
