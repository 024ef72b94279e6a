package org.sparring.benchmarks.sheets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Compares two results files.
 *
 * @param first A
 * @param second B
 */
public record Comparison(Sheet first, Sheet second) {
  /** The share of processor time of other processes above which a figure is unreliable. */
  public static final double BUSY = 0.15;

  /**
   * A figure that both files have.
   *
   * @param ratio B ÷ A
   */
  public record Row(Measured.Key key, Measured a, Measured b, MedianInterval ratio) {
    /** Returns whether the interval does not contain 1. */
    boolean differs() {
      return ratio.low() > 1 || ratio.high() < 1;
    }

    /**
     * Returns whether there are too few samples for an interval, so that it is only their range.
     */
    boolean isOfFewSamples() {
      return Math.min(a.samples().size(), b.samples().size()) < MedianInterval.ENOUGH;
    }
  }

  /** Returns the figures that both files have, in the order of A. */
  public List<Row> rows() {
    Map<Measured.Key, Measured> others = new LinkedHashMap<>();
    second.results().forEach(m -> others.put(m.key(), m));
    List<Row> rows = new ArrayList<>();
    for (Measured a : first.results()) {
      Measured b = others.get(a.key());
      if (b != null) {
        MedianInterval ratio = MedianInterval.of(b.samples()).over(MedianInterval.of(a.samples()));
        rows.add(new Row(a.key(), a, b, ratio));
      }
    }
    return rows;
  }

  /** Returns the reasons why a ratio may be misleading. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    different(warnings, "processor", first.machine().processor(), second.machine().processor());
    different(
        warnings,
        "set of instructions",
        first.machine().vectorUnits(),
        second.machine().vectorUnits());
    different(warnings, "processors", first.machine().processors(), second.machine().processors());
    different(warnings, "device", first.device(), second.device());
    different(warnings, "system", first.machine().system(), second.machine().system());
    first
        .versions()
        .forEach((name, v) -> different(warnings, name, v, second.versions().get(name)));
    different(warnings, "flags", first.flags(), second.flags());
    busy(warnings, "A", first);
    busy(warnings, "B", second);
    long few = rows().stream().filter(Row::isOfFewSamples).count();
    if (few > 0) {
      warnings.add(
          few
              + " ratios are of fewer than "
              + MedianInterval.ENOUGH
              + " samples, whose range is less than a 95 % interval: marked ~");
    }
    return warnings;
  }

  private static void different(List<String> warnings, String what, Object a, Object b) {
    if (!Objects.equals(a, b)) {
      warnings.add(what + " differs: " + a + " in A, " + b + " in B");
    }
  }

  private static void busy(List<String> warnings, String name, Sheet sheet) {
    long busy = sheet.results().stream().filter(Comparison::isBusy).count();
    if (busy > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%d of %d figures of %s were taken while others used more than %.0f %% of the"
                  + " processors: marked *",
              busy,
              sheet.results().size(),
              name,
              100 * BUSY));
    }
  }

  public static boolean isBusy(Measured measured) {
    return measured.foreignCpu() != null && measured.foreignCpu() > BUSY;
  }

  /** Returns a table with one line per figure, followed by the warnings. */
  public String table() {
    List<Row> rows = rows();
    List<String> names = rows.stream().map(row -> name(row.key(), rows)).toList();
    int width = names.stream().mapToInt(String::length).max().orElse(1);
    StringBuilder table = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      table.append(String.format(Locale.ROOT, "%-" + width + "s  ", names.get(i)));
      table.append(line(rows.get(i)));
    }
    warnings().forEach(warning -> table.append("warning: ").append(warning).append('\n'));
    return table.toString();
  }

  private static String line(Row row) {
    return String.format(
        Locale.ROOT,
        "%11.4g%s %11.4g%s %-5s  B/A %.3f (%.3f to %.3f)%s%s%n",
        row.a().median(),
        isBusy(row.a()) ? "*" : " ",
        row.b().median(),
        isBusy(row.b()) ? "*" : " ",
        row.a().unit(),
        row.ratio().median(),
        row.ratio().low(),
        row.ratio().high(),
        row.differs() ? "" : " =",
        row.isOfFewSamples() ? " ~" : "");
  }

  /** Returns the benchmark's name with the parameters that differ between its rows. */
  private static String name(Measured.Key key, List<Row> rows) {
    Map<String, String> telling = new TreeMap<>(key.params());
    telling
        .entrySet()
        .removeIf(
            param ->
                rows.stream()
                    .map(Row::key)
                    .filter(other -> other.benchmark().equals(key.benchmark()))
                    .allMatch(o -> param.getValue().equals(o.params().get(param.getKey()))));
    return new Measured.Key(key.benchmark(), key.figure(), telling, key.unit()).toString();
  }
}
