package org.sparring.training;

import org.sparring.alarms.Alarm;
import org.sparring.alarms.Alarms;
import org.sparring.errors.ErrorKind;
import org.sparring.errors.TrainingException;
import org.sparring.graph.Owner;

/** A loss is NaN or infinite: training has diverged. */
public final class DivergenceException extends TrainingException {
  private static final long serialVersionUID = 1L;

  private final Owner player;
  private final String term;
  private final long step;
  private final double value;

  /**
   * @param player player that the term belongs to
   * @param term for example {@code g_loss}
   * @param step number of the step that computed it, from 1
   * @param value the value found, NaN or infinite
   */
  public DivergenceException(Owner player, String term, long step, double value) {
    super(
        ErrorKind.DIVERGED,
        "diverged: "
            + found(player, term, value)
            + " at step "
            + step
            + "\nThe last good checkpoint stays. A new run with a lower optimizer.learning_rate helps"
            + " most often.");
    this.player = player;
    this.term = term;
    this.step = step;
    this.value = value;
  }

  private static String found(Owner player, String term, double value) {
    return player.prefix() + "'s " + term + " is " + value;
  }

  /** This divergence as an alarm. */
  public Alarms.Event alarm() {
    return new Alarms.Event(Alarm.NON_FINITE, true, found(player, term, value));
  }

  public Owner player() {
    return player;
  }

  public String term() {
    return term;
  }

  public long step() {
    return step;
  }
}
