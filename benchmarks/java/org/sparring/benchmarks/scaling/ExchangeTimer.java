package org.sparring.benchmarks.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.sparring.distributed.Cluster;
import org.sparring.distributed.Patience;
import org.sparring.distributed.Team;
import org.sparring.natives.SessionOptions;
import org.sparring.replicas.Exchange;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Times the exchanges of a training step among workers: gathering few values, as batch
 * normalisation does, and averaging many, as gradients are.
 *
 * <pre>
 * ExchangeTimer ADDRESS,… TASK THREADS FLOATS BUCKETS,…
 * </pre>
 */
public final class ExchangeTimer {
  private static final int FEW = 512;
  private static final int CHAIN = 20;
  private static final int RUNS = 15;

  private ExchangeTimer() {}

  /** Prints JSON: milliseconds of one gathering, and of one averaging in each number of buckets. */
  public static void main(String[] args) {
    int threads = Integer.parseInt(args[2]);
    Team team =
        new Team(
            new Cluster(List.of(args[0].split(",")), Integer.parseInt(args[1])), Patience.DEFAULT);
    team.start(new SessionOptions(threads, threads, "cpu", true).config());
    int floats = Integer.parseInt(args[3]);
    StringBuilder line = new StringBuilder("{\"gather_ms\":");
    line.append(text(timed(team, FEW, CHAIN, 1) / CHAIN)).append(",\"mean_ms\":{");
    String separator = "";
    for (String buckets : args[4].split(",")) {
      double milliseconds = timed(team, floats, 0, Integer.parseInt(buckets));
      line.append(separator).append('"').append(buckets).append("\":").append(text(milliseconds));
      separator = ",";
    }
    System.out.println(line.append("}}"));
    Runtime.getRuntime().halt(0); // the servers of TensorFlow cannot be stopped
  }

  private static String text(double milliseconds) {
    return String.format(Locale.ROOT, "%.3f", milliseconds);
  }

  /** Median milliseconds of a call: a chain of gatherings, or means of buckets. */
  private static double timed(Team team, int floats, int chain, int buckets) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Exchange exchange = team.exchange();
      int each = floats / buckets;
      List<Operand<TFloat32>> made = new ArrayList<>();
      for (int i = 0; i < Math.max(chain, buckets); i++) {
        Operand<TFloat32> own =
            tf.random.statelessRandomUniform(
                tf.constant(new int[] {each}), tf.constant(new long[] {1, i}));
        made.add(chain > 0 ? exchange.all(tf, own) : exchange.means(tf, List.of(own)).get(0));
      }
      try (Session session = team.session(graph)) {
        double[] milliseconds = new double[RUNS];
        for (int run = -3; run < RUNS; run++) {
          Session.Runner runner = session.runner();
          made.forEach(runner::addTarget);
          long begin = System.nanoTime();
          runner.run().close();
          milliseconds[Math.max(0, run)] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(milliseconds);
        return milliseconds[RUNS / 2];
      }
    }
  }
}
