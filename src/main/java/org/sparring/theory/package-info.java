/**
 * Demonstrations of theory: small problems with known answers, run with Sparring's own losses,
 * penalties, players and rules, and compared with the equations. Does not depend on recipes, images
 * or the console.
 */
package org.sparring.theory;
