package org.sparring.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** All findings of {@code sparring doctor}, as a table or as JSON. */
public record Diagnosis(List<Finding> findings) {
  public static Diagnosis of(List<DoctorProbe> probes) {
    return new Diagnosis(probes.stream().flatMap(probe -> probe.look().stream()).toList());
  }

  /** Returns whether training on the CPU works. */
  public boolean works() {
    return findings.stream().noneMatch(finding -> finding.state() == Finding.State.FAIL);
  }

  /** Returns a table with one finding per line, followed by its advice. */
  public String table() {
    int width = findings.stream().mapToInt(finding -> finding.topic().length()).max().orElse(1);
    StringBuilder table = new StringBuilder();
    for (Finding finding : findings) {
      row(table, "%-4s".formatted(mark(finding)), finding.topic(), width, finding.found());
      if (!finding.advice().isEmpty()) {
        row(table, "    ", "", width, "-> " + finding.advice());
      }
    }
    return table.append(verdict()).append('\n').toString();
  }

  /**
   * Returns {@code {"works":true,"findings":[{"topic":…,"state":…,"found":…,"advice":…}]}} and a
   * newline.
   */
  public String json() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("works", works());
    ArrayNode all = root.putArray("findings");
    for (Finding finding : findings) {
      all.addObject()
          .put("topic", finding.topic())
          .put("state", mark(finding).strip())
          .put("found", finding.found())
          .put("advice", finding.advice());
    }
    return root + "\n";
  }

  private static void row(StringBuilder table, String mark, String topic, int width, String text) {
    table.append(mark).append("  ").append(topic).append(" ".repeat(width - topic.length()));
    table.append("  ").append(text).append('\n');
  }

  private static String mark(Finding finding) {
    return finding.state().name().toLowerCase(Locale.ROOT);
  }

  private String verdict() {
    return works() ? "Training on the CPU works." : "Training does not work on this machine yet.";
  }
}
