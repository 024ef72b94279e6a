package org.sparring.listeners;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.sparring.alarms.Alarm;
import org.sparring.alarms.Alarms;
import org.sparring.alarms.Reading;
import org.sparring.runfolders.Recorders;
import org.sparring.telemetry.ProgressDisplay;
import org.sparring.telemetry.SignedZero;
import org.sparring.training.StepReport;
import org.sparring.training.TrainingListener;

/** Measures the networks at intervals, logs the values and raises alarms. */
public final class MetersListener implements TrainingListener {
  private final Supplier<Map<String, Double>> probe;
  private final Recorders recorders;
  private final ProgressDisplay display;
  private final Alarms alarms;
  private final AlarmPolicy watch;
  private final long every;
  private final Means means = new Means();
  private final Set<Alarm> sounded = EnumSet.noneOf(Alarm.class);
  private Optional<Alarm> stopping = Optional.empty();

  /** The probe that measures, and where its values are logged and shown. */
  public record Instruments(
      Supplier<Map<String, Double>> probe, Recorders recorders, ProgressDisplay display) {}

  /**
   * @param every number of steps between two readings
   */
  public MetersListener(Instruments instruments, Alarms alarms, AlarmPolicy watch, long every) {
    probe = instruments.probe();
    recorders = instruments.recorders();
    display = instruments.display();
    this.alarms = alarms;
    this.watch = watch;
    this.every = every;
  }

  /** Returns {@link Ending#ALARMED} after an alarm that ends the run was raised. */
  @Override
  public Optional<Ending> ending() {
    return stopping.map(alarm -> Ending.ALARMED);
  }

  /** Returns all alarms that were raised, including those that have cleared. */
  public Set<Alarm> sounded() {
    return sounded;
  }

  @Override
  public long nextStop(StepReport last) {
    return TrainingListener.nextMultiple(last.step(), every);
  }

  @Override
  public void stepped(StepReport report) {
    means.add(report);
    if (report.step() % every == 0) {
      Map<String, Double> probed = probe.get();
      recorders.scalars(report.step(), report.kimg(), probed);
      Map<String, Double> values = new LinkedHashMap<>(probed);
      values.putAll(means.take());
      alarms.observe(new Reading(report.step(), values)).forEach(e -> log(report.step(), e));
    }
  }

  private void log(long step, Alarms.Event event) {
    Alarm alarm = event.alarm();
    display.note(SignedZero.dropped("step " + step + ": " + event.line()));
    recorders.alarm(step, event);
    if (event.raised()) {
      sounded.add(alarm);
    }
    if (event.raised() && watch.stopOn().contains(alarm)) {
      stopping = Optional.of(alarm);
    }
  }

  /** Means of the meters of the steps since the last reading. */
  private static final class Means {
    private List<String> names = List.of();
    private double[] sums = {};
    private int count;

    void add(StepReport report) {
      if (count == 0) {
        names = report.meters();
        sums = new double[names.size()];
      }
      for (int i = 0; i < sums.length; i++) {
        sums[i] += report.meter(i);
      }
      count++;
    }

    Map<String, Double> take() {
      Map<String, Double> means = new LinkedHashMap<>();
      for (int i = 0; i < sums.length; i++) {
        means.put(names.get(i), sums[i] / count);
      }
      count = 0;
      return means;
    }
  }
}
