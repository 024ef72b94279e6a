/**
 * Adam, learning-rate schedules, the weight average, and the game rules: who moves when and from
 * which point. They know losses only as functions of weights.
 */
package org.sparring.optimizers;
