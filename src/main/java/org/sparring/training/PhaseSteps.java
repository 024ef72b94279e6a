package org.sparring.training;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The step of a phase of a run: one form for each set of lazy terms that can be due in the same
 * step.
 *
 * @param forms by the terms that are due in them; all of them have the same meters
 * @param periods of the lazy terms in steps; each is due in the first step of its period
 * @param last number of the phase's last step
 */
public record PhaseSteps(Map<Set<String>, Step> forms, Map<String, Integer> periods, long last) {

  /** The ops of step {@code number}, from 1. */
  public Step at(long number) {
    return forms.size() == 1 ? forms.values().iterator().next() : forms.get(due(periods, number));
  }

  /** The form in which the fewest lazy terms are computed. */
  public Step plain() {
    return List.copyOf(forms.values()).get(forms.size() - 1);
  }

  /** Number of values that a step returns: its meters, and the votes of several devices. */
  int width() {
    return Math.toIntExact(plain().meters().shape().get(0));
  }

  /** Number of steps after which the sequence of forms repeats. */
  public int period() {
    return period(periods);
  }

  /**
   * Every set of terms that is due together in some step. The first set holds all terms, which are
   * due in step 1.
   */
  static List<Set<String>> dueSets(Map<String, Integer> periods) {
    List<String> terms = List.copyOf(periods.keySet());
    Set<Set<String>> found = new LinkedHashSet<>();
    for (int subset = (1 << terms.size()) - 1; subset >= 0; subset--) {
      int period = 1;
      for (int i = 0; i < terms.size(); i++) {
        if ((subset >> i & 1) == 1) {
          period = leastCommonMultiple(period, periods.get(terms.get(i)));
        }
      }
      // the first step after step 1 in which these are due, and whatever is due with them
      found.add(due(periods, period + 1L));
    }
    return List.copyOf(found);
  }

  /** The lazy terms that are due in step {@code number}, from 1. */
  static Set<String> due(Map<String, Integer> periods, long number) {
    Set<String> due = new TreeSet<>();
    periods.forEach(
        (term, period) -> {
          if ((number - 1) % period == 0) {
            due.add(term);
          }
        });
    return due;
  }

  private static int period(Map<String, Integer> periods) {
    return periods.values().stream().reduce(1, PhaseSteps::leastCommonMultiple);
  }

  private static int leastCommonMultiple(int a, int b) {
    int x = a;
    int y = b;
    while (y != 0) {
      int rest = x % y;
      x = y;
      y = rest;
    }
    return Math.multiplyExact(a / x, b);
  }
}
