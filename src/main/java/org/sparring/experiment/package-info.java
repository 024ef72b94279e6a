/**
 * A recipe and the assembly of a run from it: the one place that puts data, nets, losses,
 * optimizer, loop and listeners together.
 */
package org.sparring.experiment;
