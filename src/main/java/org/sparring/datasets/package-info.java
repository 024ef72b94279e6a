/**
 * Opens a data set from one line of text, checks data sets, and downloads published ones. Other
 * packages read the single formats.
 */
package org.sparring.datasets;
