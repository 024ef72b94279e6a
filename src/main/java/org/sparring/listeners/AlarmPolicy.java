package org.sparring.listeners;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.sparring.alarms.Alarm;
import org.sparring.assembly.Objectives;
import org.sparring.assembly.ProbeSamples;
import org.sparring.assembly.TaskData;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.EditDistance;
import org.sparring.recipes.Recipe;

/**
 * Determines what a run does when an alarm is raised.
 *
 * @param stopOn the alarms that end the run, after a checkpoint; every alarm is logged
 */
public record AlarmPolicy(Set<Alarm> stopOn) {
  private static final String STOP_ON = "stopOn";

  /** Alarms are logged and the run continues. */
  public static final AlarmPolicy REPORT = new AlarmPolicy(Set.of());

  public AlarmPolicy {
    stopOn = Set.copyOf(stopOn);
  }

  /**
   * Returns a policy that ends the run on the alarms with these labels.
   *
   * @throws ArgumentException naming the nearest alarm for an unknown label
   */
  public static AlarmPolicy stopOn(List<String> labels) {
    Set<Alarm> alarms = EnumSet.noneOf(Alarm.class);
    labels.forEach(label -> alarms.add(alarm(label)));
    return new AlarmPolicy(alarms);
  }

  /**
   * Throws if the run would stop on an alarm that it can never raise with this recipe.
   *
   * @throws ArgumentException naming the keys that disable the alarm
   */
  public void requireHeard(Recipe recipe) {
    ArgumentException.require(
        recipe.meters().steps() > 0 || stopOn.stream().allMatch(a -> a == Alarm.NON_FINITE),
        STOP_ON,
        "expected a run that is measured, found meters.steps 0"
            + "\nSet meters.steps to 50, or stop on no alarm.");
    boolean logOdds = Objectives.loss(recipe.loss()).logitIsLogOdds();
    ArgumentException.require(
        logOdds || !stopOn.contains(Alarm.SATURATION),
        STOP_ON,
        Alarm.SATURATION.label(),
        "expected loss.kind non-saturating or minimax without smoothing,"
            + " whose V it watches, found "
            + recipe.loss().kind().label()
            + (recipe.loss().smoothing() > 0
                ? " with loss.smoothing " + recipe.loss().smoothing()
                : ""));
  }

  /**
   * Throws if the run would stop on overfitting but has no held-out samples, with which overfitting
   * is measured.
   *
   * @throws ArgumentException that says how to hold some out
   */
  public void requireHeldOut(Recipe recipe, TaskData data) {
    if (stopOn.contains(Alarm.OVERFITTING)) {
      new ProbeSamples(recipe)
          .withoutHeldOut(data.first())
          .ifPresent(
              found -> {
                throw ArgumentException.of(
                    STOP_ON,
                    Alarm.OVERFITTING.label(),
                    "expected held-out samples next to "
                        + data.name()
                        + ", found "
                        + found
                        + "\nPut images into folders train/ and test/, or set data.held_out to 0.1.");
              });
    }
  }

  private static Alarm alarm(String label) {
    List<String> known = Arrays.stream(Alarm.values()).map(Alarm::label).toList();
    ArgumentException.require(
        known.contains(label),
        STOP_ON,
        "expected alarms of "
            + String.join(", ", known)
            + ", found '"
            + label
            + "'; did you mean '"
            + EditDistance.nearest(label, known)
            + "'?");
    return Alarm.values()[known.indexOf(label)];
  }
}
