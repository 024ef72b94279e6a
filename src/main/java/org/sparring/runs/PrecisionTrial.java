package org.sparring.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparring.assembly.Assembly;
import org.sparring.assembly.MemoryCheck;
import org.sparring.assembly.TaskData;
import org.sparring.batches.Sources;
import org.sparring.natives.HostMemory;
import org.sparring.recipes.DeviceKeys.PrecisionKind;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.Rules;
import org.sparring.telemetry.ProgressDisplay;
import org.sparring.training.StepReport;
import org.sparring.training.StepsPerCall;
import org.sparring.training.TrainingGraph;
import org.sparring.training.TrainingListener;
import org.sparring.training.TrainingLoop;
import org.tensorflow.Session;

/**
 * Chooses the number format of a new run with {@code device.precision: auto}: bfloat16 if a step
 * takes at most {@value Trials#WORTH} of the time that it takes otherwise.
 *
 * <p>Each format trains the run's first steps twice, alternately, with separate variables; the run
 * itself begins afterwards, with untouched state. The timing decides only which format the run has,
 * and the run's recipe records it, so a resumed run computes in the same format.
 */
final class PrecisionTrial {
  private static final int TURNS = 2;
  private static final int WARM_UP = 2;
  private static final int STEPS = 5;

  private final Assembly assembly;
  private final Recipe recipe;
  private final TaskData data;

  PrecisionTrial(Assembly assembly, Recipe recipe, TaskData data) {
    this.assembly = assembly;
    this.recipe = recipe;
    this.data = data;
  }

  /** Returns the format, and says in one line why it was chosen. */
  PrecisionKind chosen(ProgressDisplay display) {
    if (Rules.of(recipe.game()).differentiatesGradients()) {
      display.note(line(PrecisionKind.TF32, "the game's rule differentiates gradients"));
      return PrecisionKind.TF32;
    }
    if (!assembly.canBeFasterInBfloat16()) {
      display.note(line(PrecisionKind.TF32, "the networks are small, or not the recipe's"));
      return PrecisionKind.TF32;
    }
    double ratio = ratio();
    PrecisionKind chosen = better(ratio);
    display.note(
        line(
            chosen,
            String.format(
                Locale.ROOT, "a step in bfloat16 takes %.2f of the time of float32", ratio)));
    return chosen;
  }

  /**
   * @param ratio time of a step in bfloat16 ÷ time of the same step otherwise
   */
  static PrecisionKind better(double ratio) {
    return Trials.isWorth(ratio) ? PrecisionKind.MIXED_BFLOAT16 : PrecisionKind.TF32;
  }

  private static String line(PrecisionKind chosen, String reason) {
    return "device.precision auto: " + chosen.label() + ", because " + reason;
  }

  private double ratio() {
    List<Long> full = new ArrayList<>();
    List<Long> mixed = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      full.addAll(times(PrecisionKind.TF32));
      mixed.addAll(times(PrecisionKind.MIXED_BFLOAT16));
    }
    return Trials.median(mixed) / Trials.median(full);
  }

  /** Returns nanoseconds of {@link #STEPS} steps. */
  private List<Long> times(PrecisionKind precision) {
    Assembly tried = assembly.of(recipe.withDevice(recipe.device().withPrecision(precision)));
    TrainingGraph training = tried.graph(data);
    Timer timer = new Timer();
    try (var graph = training.graph();
        Session session = new Session(graph, tried.session().config());
        Sources samples = training.samples()) {
      if (tried.hardware().isCpu()) {
        new MemoryCheck(HostMemory.ofThisMachine()).require(graph, recipe.batch());
      }
      session.run(training.initialization());
      samples.load(session);
      int images = recipe.batch() * recipe.drawsPerStep();
      new TrainingLoop(training, session, images, StepsPerCall.of(1), List.of(timer))
          .run(WARM_UP + STEPS, Optional::empty);
    } catch (RuntimeException e) {
      throw tried.hardware().explained(e, training.graph());
    }
    return timer.nanos;
  }

  /** Keeps the times of the steps after the first two. */
  private static final class Timer implements TrainingListener {
    private final List<Long> nanos = new ArrayList<>();

    @Override
    public long nextStop(StepReport last) {
      return NEVER;
    }

    @Override
    public void stepped(StepReport report) {
      if (report.step() > WARM_UP) {
        nanos.add(report.nanos());
      }
    }
  }
}
