package org.sparring.runs;

import java.util.List;
import org.sparring.assembly.Assembly;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.recipes.Recipe;
import org.sparring.runfolders.RunFolder;
import org.sparring.telemetry.ProgressDisplay;
import org.sparring.training.TrainingListener;

/**
 * What all parts of a run share.
 *
 * @param assembly of the recipe, with the parts that a program gave
 * @param listeners that a program gave
 */
record RunContext(
    Recipe recipe,
    RunFolder folder,
    Assembly assembly,
    CheckpointStore checkpoints,
    ProgressDisplay display,
    List<TrainingListener> listeners) {}
