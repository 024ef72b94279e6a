/** How training scales with the number of workers: measured, and predicted for other machines. */
package org.sparring.benchmarks.scaling;
