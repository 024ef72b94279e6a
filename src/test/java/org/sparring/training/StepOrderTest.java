package org.sparring.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.games.GameRule;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.layers.Normalization;
import org.sparring.losses.Wasserstein;
import org.sparring.nets.Dcgan;
import org.sparring.nets.DiscriminatorForm;
import org.sparring.nets.Labelling.Kind;
import org.sparring.optimizers.GradientDescent;
import org.sparring.optimizers.LearningRate;
import org.sparring.optimizers.WeightClip;
import org.sparring.regularizers.GradientPenalty;
import org.sparring.regularizers.Lazy;
import org.sparring.tasks.AugmentedContests;
import org.sparring.tasks.Contests;
import org.sparring.tasks.GameSetup;
import org.sparring.tasks.Regularization;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * Whether the graph itself says what comes first: of two ops that touch one variable, one of them
 * writing, one must be reached from the other. Where neither is, threads decide, and a run is the
 * same run only as long as nothing else is on the machine. Much of the order comes from gradients
 * that ask for the shape of what they differentiate: a loss or a layer without that would show
 * here.
 */
class StepOrderTest {
  private static final Set<String> READS = Set.of("ReadVariableOp", "ResourceGather");
  private static final GradientDescent DESCENT = new GradientDescent(LearningRate.constant(0.1f));

  static List<GameRule> rules() {
    return GameRules.all();
  }

  /** The last bias of a Wasserstein critic has a slope that depends on no weight at all. */
  @ParameterizedTest
  @MethodSource("rules")
  void gradientDescentOnACriticWhoseSlopesDoNotReadTheirOwnWeights(GameRule rule) {
    GameSetup points = Contests.with(Contests.mlp(rule), DESCENT);
    assertOrdered(Contests.with(points, new Wasserstein()));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void adamWithALazyPenaltyAndAClip(GameRule rule) {
    GameSetup critic = Contests.with(Contests.mlp(rule), new Wasserstein());
    Regularization lazy =
        new Regularization(
            Optional.of(new Lazy(new GradientPenalty(10), 2)),
            2,
            Optional.of(new WeightClip(0.1f)));
    assertOrdered(Contests.with(critic, lazy));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void convolutionsWithStatisticsThatMove(GameRule rule) {
    assertOrdered(TinyRun.contest(TinyRun.NETS, rule));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void spectralNormsThatMove(GameRule rule) {
    DiscriminatorForm form = new DiscriminatorForm(3, Normalization.SPECTRAL, 2);
    GameSetup spectral = TinyRun.contest(new Dcgan(16, 1, 3, TinyRun.LATENT, form), rule);
    assertOrdered(Contests.with(spectral, new Wasserstein()));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aPairThatProjectsClasses(GameRule rule) {
    assertOrdered(TinyRun.contest(Contests.conditional(Kind.PROJECTION), rule));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aPairThatClassifies(GameRule rule) {
    assertOrdered(TinyRun.contest(Contests.conditional(Kind.AUXILIARY), rule));
  }

  /** What adapts is read by every look at a sample, those of the penalty too. */
  @ParameterizedTest
  @MethodSource("rules")
  void anAdaptiveAugmentationWithALazyPenalty(GameRule rule) {
    GameSetup adaptive = AugmentedContests.adaptive(rule);
    Regularization lazy =
        new Regularization(
            Optional.of(new Lazy(new GradientPenalty(10), 2)),
            2,
            Optional.empty(),
            Contests.pair(adaptive).regularization().augment());
    assertOrdered(Contests.with(Contests.with(adaptive, new Wasserstein()), lazy));
  }

  @Test
  void aReadThatNothingOrdersIsFound() {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      var v = graph.variables().state(Owner.RUN, "v", Shape.scalar(), 0);
      var read = v.read(tf);
      Op write = v.assign(tf, tf.constant(1f));
      assertEquals(1, new Order(List.of(read, write)).unordered().size());
      Op after = v.assign(tf.withControlDependencies(List.of(read)), tf.constant(1f));
      assertEquals(List.of(), new Order(List.of(read, after)).unordered());
      assertEquals(List.of(), new Order(List.of(v.assign(tf, tf.identity(read)))).unordered());
    }
  }

  private static void assertOrdered(GameSetup contest) {
    try (TinyRun run = new TinyRun(contest, 1, Optional.empty())) {
      Steps steps = run.graph().steps();
      for (Step step : steps.phase(1).forms().values()) {
        Order order = new Order(List.of(step.done(), step.meters()));
        assertFalse(order.touches.isEmpty());
        List<String> unordered = order.unordered();
        assertTrue(unordered.isEmpty(), () -> String.join("\n", unordered));
      }
    }
  }

  /** What a run of some ops does to variables. */
  private static final class Order {
    private final Map<String, GraphOperation> ops = new HashMap<>();
    private final Map<String, List<GraphOperation>> inputs = new HashMap<>();
    private final Map<String, Set<String>> before = new HashMap<>();

    /** Variable to the ops that read or write it. */
    private final Map<String, List<String>> touches = new LinkedHashMap<>();

    Order(List<? extends Op> targets) {
      Deque<GraphOperation> next = new ArrayDeque<>();
      targets.forEach(target -> next.add((GraphOperation) target.op()));
      while (!next.isEmpty()) {
        GraphOperation op = next.remove();
        if (ops.putIfAbsent(op.name(), op) == null) {
          next.addAll(inputs(op));
          touched(op)
              .forEach(v -> touches.computeIfAbsent(v, n -> new ArrayList<>()).add(op.name()));
        }
      }
    }

    /** Pairs of ops of which neither is behind the other, though one of them writes. */
    List<String> unordered() {
      List<String> pairs = new ArrayList<>();
      touches.forEach(
          (variable, names) -> {
            for (String a : names) {
              for (String b : names) {
                if (a.compareTo(b) < 0 && isRace(a, b)) {
                  pairs.add(variable + ": " + described(a) + " and " + described(b));
                }
              }
            }
          });
      return pairs;
    }

    private boolean isRace(String a, String b) {
      boolean reads = READS.contains(ops.get(a).type()) && READS.contains(ops.get(b).type());
      return !reads && !ancestors(a).contains(b) && !ancestors(b).contains(a);
    }

    private String described(String name) {
      return ops.get(name).type() + " " + name;
    }

    private Set<String> ancestors(String name) {
      return before.computeIfAbsent(name, n -> reachedFrom(ops.get(n)));
    }

    private Set<String> reachedFrom(GraphOperation op) {
      Set<String> seen = new HashSet<>();
      Deque<GraphOperation> next = new ArrayDeque<>(inputs(op));
      while (!next.isEmpty()) {
        GraphOperation earlier = next.remove();
        if (seen.add(earlier.name())) {
          next.addAll(inputs(earlier));
        }
      }
      return seen;
    }

    private static List<String> touched(GraphOperation op) {
      return op.inputs().stream()
          .map(input -> (GraphOperation) input.asOutput().op())
          .filter(input -> input.type().equals("VarHandleOp"))
          .map(GraphOperation::name)
          .toList();
    }

    private List<GraphOperation> inputs(GraphOperation op) {
      return inputs.computeIfAbsent(op.name(), name -> found(op));
    }

    private static List<GraphOperation> found(GraphOperation op) {
      List<GraphOperation> found = new ArrayList<>(op.controlInputs());
      for (Operand<?> input : op.inputs()) {
        found.add((GraphOperation) input.asOutput().op());
      }
      return found;
    }
  }
}
