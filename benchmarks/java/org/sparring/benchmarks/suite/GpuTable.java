package org.sparring.benchmarks.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.sparring.benchmarks.steps.DeviceLimits;
import org.sparring.benchmarks.timing.Measurement;
import org.sparring.benchmarks.timing.StepCost;

/**
 * The table of {@link GpuReport}, in Markdown.
 *
 * @param limits measurements of {@link DeviceLimits}; empty if there are none
 * @param pytorch measurements of the same work in PyTorch; empty if there are none
 */
record GpuTable(Map<?, ?> limits, List<Measurement> pytorch) {
  /**
   * The PyTorch modes with the same arithmetic as Sparring's precisions: eager, and with all
   * optimisations.
   */
  private static final Map<String, String> EAGER =
      Map.of("float32", "eager", "tf32", "channels_last", "mixed_bfloat16", "amp");

  private static final List<String> COLUMNS =
      List.of(
          "net",
          "batch",
          "precision",
          "K",
          "XLA",
          "step, ms",
          "images/s",
          "GPU busy",
          "memory, MiB",
          "÷ PyTorch eager",
          "÷ PyTorch compiled",
          "of matrix peak",
          "of memory");

  private static final List<String> OF_PYTORCH =
      List.of("net", "batch", "PyTorch", "step, ms", "images/s", "GPU busy", "memory, MiB");

  String of(List<Measurement> measurements) {
    StringBuilder table = new StringBuilder();
    row(table, COLUMNS);
    row(table, COLUMNS.stream().map(column -> "---").toList());
    measurements.forEach(m -> row(table, cells(m)));
    table.append(
        """

        K: training steps per call. Memory: maximum in use on the card by all processes so far, for the
        process of a net and batch; for PyTorch, the maximum of its allocator, which is not comparable.
        ÷ PyTorch: images/s of Sparring ÷ images/s of PyTorch for the same net and batch; eager with the
        same precision (channels last except for float32), compiled with torch.compile in one CUDA graph
        and autocast to bfloat16. Of matrix peak: multiply-adds of the layers per second, as a share of
        the rate of a product of large bfloat16 matrices on this card. Of memory: minimum bytes that the
        step must move per second, as a share of the rate of a pass over memory on this card.
        """);
    if (!pytorch.isEmpty()) {
      table.append('\n');
      row(table, OF_PYTORCH);
      row(table, OF_PYTORCH.stream().map(column -> "---").toList());
      pytorch.forEach(m -> row(table, cellsOfPyTorch(m)));
    }
    return table.toString();
  }

  private static List<String> cellsOfPyTorch(Measurement m) {
    List<String> cells = new ArrayList<>();
    cells.add(m.work().net());
    cells.add(String.valueOf(m.work().batch()));
    cells.add(m.engine().replaceFirst("^pytorch-", ""));
    cells.addAll(speedAndUse(m));
    return cells;
  }

  private static List<String> speedAndUse(Measurement m) {
    return List.of(
        number("%.3f", OptionalDouble.of(m.stepMs().median())),
        number("%.0f", OptionalDouble.of(imagesPerSecond(m))),
        number("%.0f %%", busyPercent(m)),
        number("%.0f", peakMib(m)));
  }

  private List<String> cells(Measurement m) {
    String precision = m.settings().getOrDefault("precision", "float32");
    int bytes = precision.equals("mixed_bfloat16") ? 2 : 4;
    StepCost cost = StepCost.of(m.work(), m.settings().getOrDefault("rule", "alternating"), bytes);
    double seconds = m.stepMs().median() / 1e3;
    List<String> cells = new ArrayList<>();
    cells.add(m.work().net());
    cells.add(String.valueOf(m.work().batch()));
    cells.add(precision);
    cells.add(m.settings().getOrDefault("steps_per_run", "1"));
    cells.add(m.settings().getOrDefault("jit", "off"));
    cells.addAll(speedAndUse(m));
    cells.add(number("%.2f", ratio(m, EAGER.getOrDefault(precision, "eager"))));
    cells.add(number("%.2f", ratio(m, "compile-graph")));
    cells.add(share(cost.flops() / seconds, "matrix_tflops_bfloat16", 1e12));
    cells.add(share(cost.bytes() / seconds, "memory_gb_per_s", 1e9));
    return cells;
  }

  /** Returns the busy percentage; empty if unknown, which {@code pytorch_dcgan.py} writes as −1. */
  private static OptionalDouble busyPercent(Measurement m) {
    return m.gpu() == null || m.gpu().busy() < 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(100 * m.gpu().busy());
  }

  private static double imagesPerSecond(Measurement m) {
    return m.work().batch() / m.stepMs().median() * 1e3;
  }

  private OptionalDouble ratio(Measurement ours, String mode) {
    return pytorch.stream()
        .filter(m -> m.engine().equals("pytorch-" + mode) && m.work().equals(ours.work()))
        .mapToDouble(m -> imagesPerSecond(ours) / imagesPerSecond(m))
        .findFirst();
  }

  private static OptionalDouble peakMib(Measurement m) {
    return m.gpu() == null ? OptionalDouble.empty() : OptionalDouble.of(m.gpu().peakMib());
  }

  private String share(double reached, String limit, double unit) {
    return limits.get(limit) instanceof Number most
        ? number("%.0f %%", OptionalDouble.of(100 * reached / (unit * most.doubleValue())))
        : "–";
  }

  private static String number(String format, OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "–";
  }

  private static void row(StringBuilder table, List<String> cells) {
    table.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
