/** The JMH benchmarks, one class each; each benchmark checks the result of the measured code. */
package org.sparring.benchmarks.jmh;
