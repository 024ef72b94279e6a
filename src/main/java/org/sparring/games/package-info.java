/**
 * The two players and the game rules, which determine the order of the updates and the weights at
 * which gradients are evaluated. Losses are used only as functions of the weights.
 */
package org.sparring.games;
