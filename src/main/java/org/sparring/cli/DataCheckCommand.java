package org.sparring.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.sparring.console.CommandAdvice;
import org.sparring.console.ExitCode;
import org.sparring.console.StandardOptions;
import org.sparring.datasets.DataCheck;
import org.sparring.datasets.DataReport;
import org.sparring.datasets.DataReport.Duplicate;
import org.sparring.datasets.DataReport.Fault;
import org.sparring.datasets.DataReport.Range;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads a whole data set and reports all faults because of which training would refuse it. */
@Command(
    name = "check",
    description =
        "Read every image of a data set and report everything that training would refuse.")
final class DataCheckCommand implements Callable<Integer> {
  /** Maximum number of lines of a kind in the table; JSON has all. */
  private static final int MOST = 20;

  private static final int MOST_REMEDIES = 3;

  private static final String ROW = "  %-12s%s%n";

  @Mixin private StandardOptions standard;

  @Parameters(paramLabel = "SOURCE", description = "as in train --data, such as folder:photos")
  private String source;

  @Option(
      names = "--side",
      paramLabel = "N",
      description =
          "side in pixels to which training would resize the images (default: the source's own)")
  private int side;

  @Option(
      names = "--channels",
      paramLabel = "N",
      description = "channels, 1 to 4, to which training would convert (default: the source's own)")
  private int channels;

  @Option(
      names = "--held-out",
      paramLabel = "SHARE",
      description = "share of a folder to hold out, as data.held_out in a recipe (default: 0)")
  private double heldOut;

  @Option(names = "--json", description = "one line of JSON on standard output")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    standard.require(
        heldOut >= 0 && heldOut < 1,
        "--held-out: expected a share from 0 to below 1, found " + heldOut);
    DataReport report = DataCheck.of(source, side, channels, heldOut);
    if (json) {
      standard.out().println(new ObjectMapper().writeValueAsString(report));
    } else {
      print(report, standard.out());
    }
    return report.trainable() ? ExitCode.DONE : ExitCode.DATA;
  }

  private static void print(DataReport report, PrintWriter out) {
    out.println(report.source() + ": " + report.summary());
    report.parts().forEach((part, count) -> out.printf(ROW, part, count + " images"));
    if (!report.parts().isEmpty()) {
      images(report, out);
    }
    lines(
        out, "refused", report.findings().faults().stream().map(DataCheckCommand::fault).toList());
    report.findings().faults().stream()
        .map(fault -> fault.advice().map(CommandAdvice::of).orElse(fault.remedy()))
        .distinct()
        .limit(MOST_REMEDIES)
        .forEach(remedy -> out.println("  " + remedy));
    out.println(verdict(report));
    out.flush();
  }

  private static void images(DataReport report, PrintWriter out) {
    out.printf(ROW, "width", range(report.sizes().width()));
    out.printf(ROW, "height", range(report.sizes().height()));
    lines(
        out,
        "classes",
        report.classes().entrySet().stream().map(c -> c.getKey() + ": " + c.getValue()).toList());
    lines(
        out,
        "duplicates",
        report.findings().duplicates().stream().map(DataCheckCommand::duplicate).toList());
  }

  private static void lines(PrintWriter out, String title, List<String> lines) {
    out.printf(ROW, title, lines.isEmpty() ? "none" : String.valueOf(lines.size()));
    lines.stream().limit(MOST).forEach(line -> out.println("    " + line));
    if (lines.size() > MOST) {
      out.println("    … " + (lines.size() - MOST) + " more; --json has all");
    }
  }

  private static String range(Range range) {
    return range.min() + " to " + range.max() + " pixels, median " + range.median();
  }

  private static String duplicate(Duplicate same) {
    String across =
        (same.acrossClasses() ? " (of different classes)" : "")
            + (same.acrossParts() ? " (trained on and held out)" : "");
    return same.files().stream().limit(3).collect(Collectors.joining(" = "))
        + (same.files().size() > 3 ? " = …" : "")
        + across;
  }

  private static String fault(Fault fault) {
    return fault.file() + ": " + fault.found();
  }

  private static String verdict(DataReport report) {
    if (report.trainable()) {
      return "can be trained on: ./sparring train --data " + report.source();
    }
    return report.parts().isEmpty()
        ? "cannot be trained on"
        : "cannot be trained on as it is; train --skip-bad leaves bad images out";
  }
}
