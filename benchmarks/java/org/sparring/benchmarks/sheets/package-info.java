/** Figures with confidence intervals, results files, and comparisons of two results files. */
package org.sparring.benchmarks.sheets;
