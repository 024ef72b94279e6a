/**
 * The two players and the game rules: who updates when, from which point, along which gradient.
 * They know losses only as functions of weights.
 */
package org.sparring.games;
