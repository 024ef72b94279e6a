/** Runs: an experiment trains a recipe in a run folder, resumes it and exports it. */
package org.sparring.runs;
