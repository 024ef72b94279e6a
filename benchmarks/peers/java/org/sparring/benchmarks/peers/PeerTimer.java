package org.sparring.benchmarks.peers;

import java.util.List;
import org.sparring.benchmarks.timing.Contender;
import org.sparring.benchmarks.timing.Measurement;
import org.sparring.benchmarks.timing.Timing;
import org.sparring.benchmarks.timing.Work;

/**
 * Times one engine and prints the measurement as one line of JSON. Each engine needs a separate
 * process: their native libraries conflict.
 */
public final class PeerTimer {
  static final List<String> ENGINES = List.of("djl-torchscript", "djl-subpixel", "dl4j");

  private PeerTimer() {}

  /**
   * @param args engine, net, steps of warm-up, steps
   */
  public static void main(String[] args) {
    if (args.length != 4) {
      throw new IllegalArgumentException("expected ENGINE NET WARM_UP STEPS, one of " + ENGINES);
    }
    Work work = Work.of(args[1]);
    Timing timing = new Timing(work, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    try (Contender contender = contender(args[0], work)) {
      Measurement measurement = timing.of(contender);
      System.out.println(measurement.toJson());
    }
  }

  static AlternatingStep contender(String engine, Work work) {
    return switch (engine) {
      case "djl-torchscript" -> DjlStep.torchScript(work);
      case "djl-subpixel" -> DjlStep.subPixel(work);
      case "dl4j" -> new Dl4jStep(work);
      default ->
          throw new IllegalArgumentException(
              "engine: expected one of " + ENGINES + ", found '" + engine + "'");
    };
  }
}
