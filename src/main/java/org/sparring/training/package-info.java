/**
 * The training graph, the loop that runs it and the listeners it calls. Does not parse recipes and
 * does not write files.
 */
package org.sparring.training;
