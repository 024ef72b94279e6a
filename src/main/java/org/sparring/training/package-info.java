/**
 * The training graph, the step, the loop that runs steps, and the probe that measures a game. Does
 * not parse recipes and does not write files.
 */
package org.sparring.training;
