package org.sparring.benchmarks.jmh;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.sparring.graph.Fans;
import org.sparring.graph.Gradients;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.sparring.losses.AdversarialLoss;
import org.sparring.losses.Hinge;
import org.sparring.losses.LeastSquares;
import org.sparring.losses.Minimax;
import org.sparring.losses.NonSaturating;
import org.sparring.losses.RelativisticAverage;
import org.sparring.losses.RelativisticPairing;
import org.sparring.losses.Wasserstein;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One question: what do the losses of both players and their gradients with respect to the logits
 * cost, in one call?
 *
 * <p>Logits are variables, because otherwise TensorFlow would fold the graph to constants. Checked
 * at the start: a small step against the gradient lowers the discriminator's loss.
 *
 * <p>Expect: a tenth of a millisecond, most of it for the call itself; a training step costs a
 * hundred times that.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class LossBenchmark {
  private static final float STEP = 0.01f;

  @Param({
    "non-saturating",
    "minimax",
    "least-squares",
    "hinge",
    "wasserstein",
    "relativistic-pairing",
    "relativistic-average"
  })
  public String loss;

  @Param({"64"})
  public int batch;

  private ScratchGraph graph;
  private Session.Runner call;

  @Setup(Level.Trial)
  public void open() {
    graph = new ScratchGraph();
    Ops tf = graph.tf();
    Variable<TFloat32> real = logits("real");
    Variable<TFloat32> fake = logits("fake");
    graph.initialize();
    List<Operand<TFloat32>> at = List.of(real.read(tf), fake.read(tf));
    AdversarialLoss chosen = chosen();
    Operand<TFloat32> discriminator = chosen.discriminator(tf, at.get(0), at.get(1));
    List<Operand<TFloat32>> slopes = Gradients.of(tf, discriminator, at);
    Operand<TFloat32> generator = chosen.generator(tf, at.get(0), at.get(1));
    requireLower(tf, chosen, at, slopes, discriminator);
    call = graph.session().runner().fetch(discriminator).fetch(generator);
    slopes.forEach(call::fetch);
    Gradients.of(tf, generator, List.of(at.get(1))).forEach(call::fetch);
  }

  private Variable<TFloat32> logits(String name) {
    Shape shape = Shape.of(batch, 1);
    return graph.variables().weight(Owner.RUN, name, shape, new Fans(1, 1), Initializer.normal(1));
  }

  private void requireLower(
      Ops tf,
      AdversarialLoss chosen,
      List<Operand<TFloat32>> at,
      List<Operand<TFloat32>> slopes,
      Operand<TFloat32> before) {
    Operand<TFloat32> real = further(tf, at.get(0), slopes.get(0));
    Operand<TFloat32> fake = further(tf, at.get(1), slopes.get(1));
    List<float[]> found = graph.floats(List.of(before, chosen.discriminator(tf, real, fake)));
    if (!(found.get(1)[0] < found.get(0)[0])) {
      throw new IllegalStateException(
          loss + " went from " + found.get(0)[0] + " to " + found.get(1)[0]);
    }
  }

  private static Operand<TFloat32> further(
      Ops tf, Operand<TFloat32> from, Operand<TFloat32> slope) {
    return tf.math.sub(from, tf.math.mul(slope, tf.constant(STEP)));
  }

  private AdversarialLoss chosen() {
    return switch (loss) {
      case "minimax" -> new Minimax(false, 0);
      case "least-squares" -> new LeastSquares();
      case "hinge" -> new Hinge();
      case "wasserstein" -> new Wasserstein();
      case "relativistic-pairing" -> new RelativisticPairing();
      case "relativistic-average" -> new RelativisticAverage();
      default -> new NonSaturating(false, 0);
    };
  }

  @Benchmark
  public int loss() {
    try (Result result = call.run()) {
      return result.size();
    }
  }

  @TearDown(Level.Trial)
  public void close() {
    graph.close();
  }
}
