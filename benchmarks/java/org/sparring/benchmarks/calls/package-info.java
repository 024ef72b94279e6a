/** Times the calls of exported generators, to compare them with other programs that run them. */
package org.sparring.benchmarks.calls;
