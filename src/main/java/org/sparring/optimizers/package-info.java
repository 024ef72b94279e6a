/**
 * Adam, gradient descent, learning-rate schedules, weight clipping, and the exponential moving
 * average of weights.
 */
package org.sparring.optimizers;
