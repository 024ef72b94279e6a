/** Figures with their intervals, sheets of results, and comparisons of two sheets. */
package org.sparring.benchmarks.sheets;
