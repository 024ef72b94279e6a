/**
 * Opens a data set from one line of text, checks it, and downloads the published ones. The rooms
 * below read one format each.
 */
package org.sparring.datasets;
