package org.sparring.benchmarks.steps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sparring.benchmarks.timing.Contender;
import org.sparring.benchmarks.timing.Measurement;

/**
 * Times training steps and prints each measurement as one line of JSON.
 *
 * <pre>
 * StepTimer net=dcgan-32 rule=simultaneous steps=30
 * StepTimer @FILE        one configuration per line, one process for all; # begins a comment
 * </pre>
 *
 * <p>Unlike a JMH benchmark it needs no separate process for each configuration, and prints all
 * values for comparisons with other libraries. A configuration that fails is reported on standard
 * error, and the next one is timed.
 */
public final class StepTimer {
  private StepTimer() {}

  /** Times all configurations; the exit code is 1 if one of them failed. */
  public static void main(String[] args) throws IOException {
    boolean file = args.length == 1 && args[0].startsWith("@");
    List<String> lines =
        file ? Files.readAllLines(Path.of(args[0].substring(1))) : List.of(String.join(" ", args));
    boolean failed = false;
    for (String line : lines) {
      String words = line.replaceFirst("#.*", "").strip();
      if (!file || !words.isEmpty()) {
        failed |= !timed(words);
      }
    }
    System.exit(failed ? 1 : 0);
  }

  private static boolean timed(String words) {
    try {
      List<String> list = words.isEmpty() ? List.of() : List.of(words.split("\\s+"));
      System.out.println(measurement(StepConfiguration.of(list)).toJson());
      return true;
    } catch (RuntimeException e) {
      System.err.println(words + ": " + e.getMessage());
      return false;
    }
  }

  static Measurement measurement(StepConfiguration configuration) {
    try (Contender contender = new SparringStep(configuration)) {
      return configuration.timing().of(contender);
    }
  }
}
