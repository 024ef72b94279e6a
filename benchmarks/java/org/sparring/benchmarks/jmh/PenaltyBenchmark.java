package org.sparring.benchmarks.jmh;

import java.util.List;
import java.util.Optional;
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
import org.sparring.graph.Weights;
import org.sparring.layers.Normalization;
import org.sparring.layers.Pass;
import org.sparring.nets.Dcgan;
import org.sparring.nets.Discriminator;
import org.sparring.nets.DiscriminatorForm;
import org.sparring.regularizers.Critic;
import org.sparring.regularizers.Dragan;
import org.sparring.regularizers.GradientPenalty;
import org.sparring.regularizers.Penalties;
import org.sparring.regularizers.Penalty;
import org.sparring.regularizers.R1;
import org.sparring.regularizers.R2;
import org.sparring.replicas.RandomRows;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One question: what do a penalty and its gradient with respect to the discriminator's weights
 * cost?
 *
 * <p>For comparison, {@code none} is the mean logit of the same batch with its gradient, that is
 * one forward pass and one backward pass. The discriminator is that of a DCGAN without batch
 * normalisation, because of the second derivative of a penalty. Checked: the penalty is a positive
 * number.
 *
 * <p>Expect: r1 and r2 two to three times {@code none}, because the gradient is differentiated
 * again; the sum of both twice that.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class PenaltyBenchmark {
  private static final long[] SEED = {1, 2};

  @Param({"none", "r1", "r2", "r1+r2", "gradient-penalty", "dragan"})
  public String penalty;

  @Param({"32"})
  public int side;

  @Param({"32"})
  public int width;

  @Param({"64"})
  public int batch;

  private ScratchGraph graph;
  private Session.Runner call;

  @Setup(Level.Trial)
  public void open() {
    graph = new ScratchGraph();
    Ops tf = graph.tf();
    DiscriminatorForm form = new DiscriminatorForm(width, Normalization.NONE, 1);
    Discriminator judge = new Dcgan(side, 1, width, 100, form).discriminator(graph.variables());
    Operand<TFloat32> reals = images("reals").read(tf);
    Operand<TFloat32> fakes = images("fakes").read(tf);
    graph.initialize();
    Weights weights = Weights.read(tf, judge.variables());
    Critic critic = (ops, samples) -> judge.judge(ops, weights, samples, Pass.training());
    Operand<TFloat32> paid =
        chosen()
            .map(p -> p.of(tf, critic, reals, fakes, RandomRows.single(tf.constant(SEED))))
            .orElseGet(() -> mean(tf, critic.judge(tf, reals)));
    List<Operand<TFloat32>> at =
        judge.variables().stream().filter(Variable::trainable).map(weights::get).toList();
    call = graph.session().runner().fetch(paid);
    Gradients.whereDependent(tf, paid, at).forEach(call::fetch);
  }

  private Variable<TFloat32> images(String name) {
    Shape shape = Shape.of(batch, side, side, 1);
    return graph
        .variables()
        .weight(Owner.RUN, name, shape, new Fans(1, 1), Initializer.normal(0.5f));
  }

  private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> logits) {
    return tf.math.mean(logits, tf.constant(new int[] {0, 1}));
  }

  private Optional<Penalty> chosen() {
    return switch (penalty) {
      case "r1" -> Optional.of(new R1(10));
      case "r2" -> Optional.of(new R2(10));
      case "r1+r2" -> Optional.of(Penalties.zeroCentered(10));
      case "gradient-penalty" -> Optional.of(new GradientPenalty(10));
      case "dragan" -> Optional.of(new Dragan(10, 0.1f));
      default -> Optional.empty();
    };
  }

  @Benchmark
  public float slope() {
    try (Result result = call.run()) {
      float paid = ((TFloat32) result.get(0)).getFloat();
      if (!Float.isFinite(paid) || (chosen().isPresent() && paid <= 0)) {
        throw new IllegalStateException(penalty + " is " + paid);
      }
      return paid;
    }
  }

  @TearDown(Level.Trial)
  public void close() {
    graph.close();
  }
}
