package org.sparring.runs;

import java.util.List;
import java.util.Optional;
import org.sparring.assembly.Assembly;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.distributed.Team;
import org.sparring.recipes.Recipe;
import org.sparring.runfolders.RunFolder;
import org.sparring.telemetry.ProgressDisplay;
import org.sparring.training.TrainingListener;

/**
 * The settings that all parts of a run share.
 *
 * @param assembly assembly of the recipe, with parts supplied by the calling program
 * @param listeners listeners supplied by the calling program
 * @param team workers that train together, of which this one leads; empty in a single process
 */
record RunContext(
    Recipe recipe,
    RunFolder folder,
    Assembly assembly,
    CheckpointStore checkpoints,
    ProgressDisplay display,
    List<TrainingListener> listeners,
    Optional<Team> team) {}
