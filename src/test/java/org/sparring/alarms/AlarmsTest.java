package org.sparring.alarms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.alarms.Alarms.Event;

/** Made-up runs whose levels are far from every threshold: well, then ill, then well again. */
class AlarmsTest {
  private static final int LONG = 100;

  private final Alarms alarms = new Alarms(true);
  private long step;

  @Test
  void aHealthyRunIsSilent() {
    assertEquals(List.of(), readings(500, Map.of()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Alarm.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NON_FINITE"})
  void eachIllnessRaisesItsOwnAlarmOnceAndItEndsWithIt(Alarm alarm) {
    readings(30, Map.of());
    List<Event> ill = new ArrayList<>();
    for (int i = 0; i < LONG; i++) {
      ill.addAll(observe(alarms, illness(alarm, i)));
    }
    assertEquals(List.of(alarm), ill.stream().map(Event::alarm).toList(), ill.toString());
    assertTrue(ill.get(0).raised());
    List<Event> over = readings(LONG, Map.of());
    assertEquals(List.of(alarm), over.stream().map(Event::alarm).toList(), over.toString());
    assertTrue(!over.get(0).raised());
    assertEquals(1, over.get(0).line().lines().count());
    assertTrue(
        over.get(0).line().startsWith("alarm " + alarm.label() + " is over: "), over.get(0).line());
  }

  @ParameterizedTest
  @EnumSource(
      value = Alarm.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NON_FINITE"})
  void theLineSaysWhatWasMeasuredAndWhatUsuallyHelps(Alarm alarm) {
    readings(30, Map.of());
    Event raised = first(alarm);
    String line = raised.line();
    assertEquals(1, line.lines().count(), line);
    assertTrue(line.startsWith("alarm " + alarm.label() + ": "), line);
    assertTrue(line.endsWith("; what usually helps: " + alarm.remedy()), line);
    String measured =
        switch (alarm) {
          case VANISHING_GRADIENT ->
              "the generator's gradient is 10^-8.0 of its strongest, D(x) 0.99, D(G(z)) 0.01";
          case MODE_COLLAPSE -> "the spread of generated samples is 0.01 of the data's, and 0.02";
          case OVERFITTING -> "D is right on 100 % of the real samples it trains on and on 0 %";
          case OSCILLATION -> " times between low and high in the last 30 readings, now 0.98";
          default -> "V is -0.000 of at most 0: D(x) 0.550, D(G(z)) 0.450";
        };
    assertTrue(raised.measured().contains(measured), raised.measured());
  }

  @Test
  void dataThatIsMissedIsACollapseAlsoWhereTheSamplesAreSpread() {
    readings(30, Map.of());
    List<Event> events = readings(LONG, Map.of("missing", 0.95));
    assertEquals(List.of(Alarm.MODE_COLLAPSE), events.stream().map(Event::alarm).toList());
    assertTrue(events.get(0).measured().contains("0.95 of the data is missing"));
  }

  @Test
  void aGeneratorThatHasNotLearntYetHasNotCollapsed() {
    assertEquals(List.of(), readings(Alarms.WARM_UP, Map.of("spread", 0.01, "value", -1e-9)));
  }

  @Test
  void aWeakPullOnSamplesThatPassForRealIsNoAlarm() {
    readings(30, Map.of());
    assertEquals(
        List.of(),
        readings(LONG, Map.of("g_grad_norm", 1e-9, "d_accuracy_fake", 1.0, "d_fake", 0.45)));
  }

  @Test
  void ofACriticThatIsNoLogOddsTheValueSaysNothing() {
    Alarms critic = new Alarms(false);
    for (int i = 0; i < LONG; i++) {
      assertEquals(List.of(), observe(critic, Map.of("value", -1e-9)));
    }
  }

  @Test
  void withoutHeldOutDataThereIsNoOverfittingToSee() {
    for (int i = 0; i < LONG; i++) {
      Map<String, Double> values = healthy(Map.of("d_accuracy_seen", 1.0));
      values.remove("d_accuracy_held_out");
      assertEquals(List.of(), alarms.observe(new Reading(++step, values)));
    }
  }

  /** One overflow among the readings must neither deafen an alarm nor ring it. */
  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void aReadingThatIsNoNumberIsForgotten(double broken) {
    readings(30, Map.of());
    for (String name : healthy(Map.of()).keySet()) {
      assertEquals(List.of(), observe(alarms, Map.of(name, broken)), name);
    }
    assertEquals(List.of(), readings(LONG, Map.of()));
    assertEquals(Alarm.VANISHING_GRADIENT, first(Alarm.VANISHING_GRADIENT).alarm());
  }

  @Test
  void ofTwoImagesOnlyNothingIsMissing() {
    // the nearest other real image is the farthest too: how much is missing cannot be said
    assertEquals(List.of(), readings(LONG, Map.of("missing", Double.POSITIVE_INFINITY)));
  }

  /** What a run with this illness measures at its i-th reading. */
  private static Map<String, Double> illness(Alarm alarm, int i) {
    return switch (alarm) {
      case VANISHING_GRADIENT -> Map.of("g_grad_norm", 1e-8, "d_real", 0.99, "d_fake", 0.01);
      case MODE_COLLAPSE -> Map.of("spread", 0.01);
      case OVERFITTING -> Map.of("d_accuracy_seen", 1.0, "d_accuracy_held_out", 0.0);
      case OSCILLATION -> Map.of("d_fake", i % 2 == 0 ? 0.98 : 0.02);
      default -> Map.of("value", -1e-6);
    };
  }

  private Event first(Alarm alarm) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; events.isEmpty() && i < LONG; i++) {
      events.addAll(observe(alarms, illness(alarm, i)));
    }
    return events.get(0);
  }

  private List<Event> readings(int count, Map<String, Double> but) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.addAll(observe(alarms, but));
    }
    return events;
  }

  private List<Event> observe(Alarms observer, Map<String, Double> but) {
    return observer.observe(new Reading(++step, healthy(but)));
  }

  private static Map<String, Double> healthy(Map<String, Double> but) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("spread", 1.0);
    values.put("missing", 0.02);
    values.put("d_accuracy_seen", 0.62);
    values.put("d_accuracy_held_out", 0.6);
    values.put("g_grad_norm", 1.0);
    values.put("d_real", 0.55);
    values.put("d_fake", 0.45);
    values.put("value", -1.3);
    values.put("d_accuracy_real", 0.6);
    values.put("d_accuracy_fake", 0.6);
    values.putAll(but);
    return values;
  }
}
