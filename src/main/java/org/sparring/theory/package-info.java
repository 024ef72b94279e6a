/**
 * Theory that runs: small problems whose answers are known, played with the engine's own losses,
 * penalties, players and rules, and measured against the equations. Knows no recipe, no image and
 * no console.
 */
package org.sparring.theory;
