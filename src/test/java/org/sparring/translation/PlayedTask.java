package org.sparring.translation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.sparring.batches.RealSamples;
import org.sparring.games.Alternating;
import org.sparring.games.Losses;
import org.sparring.games.Mode;
import org.sparring.games.Point;
import org.sparring.graph.Batch;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.nets.Discriminator;
import org.sparring.nets.Generator;
import org.sparring.tasks.GameSetup;
import org.sparring.tasks.Phase;
import org.sparring.tasks.Players;
import org.sparring.tasks.StepForm;
import org.sparring.tasks.Task;
import org.sparring.tasks.TaskGame;
import org.sparring.training.TinyRun;
import org.sparring.translators.PatchDiscriminator;
import org.sparring.translators.Translator;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A task in a separate graph, on two fixed images of each field, at weights that are fed. A test
 * can evaluate the same networks at the same weights without the task.
 */
final class PlayedTask implements AutoCloseable {
  private static final int BATCH = 2;

  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();
  private final Shape image;
  private final Map<String, Batch> data = new LinkedHashMap<>();
  private final Players players;
  private final GameSetup setup;
  private final Map<Owner, Map<Variable<TFloat32>, Placeholder<TFloat32>>> fed =
      new EnumMap<>(Owner.class);
  private final Map<Owner, Iterator<Operand<TFloat32>>> copied = new EnumMap<>(Owner.class);
  private int copies;

  /**
   * @param side of the images, which have one channel
   * @param fields of each data source
   */
  PlayedTask(Task task, int side, Map<String, List<String>> fields) {
    image = Shape.of(BATCH, side, side, 1);
    fields.forEach((source, names) -> data.put(source, batch(source, names)));
    GameSetup.Optimizers optimizers = new GameSetup.Optimizers(TinyRun.ADAM, TinyRun.ADAM);
    setup = new GameSetup(task, new Alternating(1), optimizers, 0.9f, BATCH);
    players = Players.of(setup, graph.variables());
    graph.initialize();
    for (Owner owner : List.of(Owner.GENERATOR, Owner.DISCRIMINATOR)) {
      Map<Variable<TFloat32>, Placeholder<TFloat32>> inputs = new LinkedHashMap<>();
      variables(owner).stream()
          .filter(Variable::trainable)
          .forEach(v -> inputs.put(v, graph.input(v.shape(), start(v))));
      fed.put(owner, inputs);
      copied.put(owner, weights(owner).get(variables(owner)).iterator());
    }
  }

  private Batch batch(String source, List<String> names) {
    Batch batch = Batch.NONE;
    for (String name : names) {
      float[] pixels = GradientCheck.noise((int) image.size(), (source + name).hashCode());
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) Math.tanh(pixels[i]);
      }
      batch = batch.with(name, tf.constant(image, DataBuffers.of(pixels)));
    }
    return batch;
  }

  /** Kernels as large as keeps the size of what passes them, and other weights near their start. */
  private float[] start(Variable<TFloat32> v) {
    float[] values = graph.floats(v.read(tf));
    float[] noise = GradientCheck.noise(values.length, v.name().hashCode());
    boolean isKernel = v.shape().numDimensions() > 1;
    double size = isKernel ? Math.sqrt(1.5 * v.shape().get(-1) / v.shape().size()) : 0.2;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((isKernel ? 0 : values[i]) + size * noise[i]);
    }
    return values;
  }

  ScratchGraph graph() {
    return graph;
  }

  GameSetup setup() {
    return setup;
  }

  Players players() {
    return players;
  }

  /** Real images. */
  Operand<TFloat32> images(String source, String field) {
    return data.get(source).floats(field);
  }

  /** What a discriminator of pairs is shown. */
  Operand<TFloat32> joined(Operand<TFloat32> a, Operand<TFloat32> b) {
    return tf.concat(List.of(a, b), tf.constant(3));
  }

  List<Variable<TFloat32>> variables(Owner owner) {
    return players.networks().variables(owner);
  }

  /** The weights that are fed, and the running statistics. */
  Weights weights(Owner owner) {
    Map<Variable<TFloat32>, Operand<TFloat32>> inputs = new LinkedHashMap<>(fed.get(owner));
    return Weights.read(tf, variables(owner)).with(inputs);
  }

  /** What a player's weights are fed from, by name; writing to an array moves the weights. */
  Map<String, float[]> values(Owner owner) {
    Map<String, float[]> values = new LinkedHashMap<>();
    fed.get(owner).forEach((v, input) -> values.put(v.name(), graph.values(input)));
    return values;
  }

  /** The inputs for a player's weights, in the order of {@link #values}. */
  List<Placeholder<TFloat32>> inputs(Owner owner) {
    return List.copyOf(fed.get(owner).values());
  }

  /** The losses at the fed weights. */
  Losses losses(Phase phase, long stepsDone, Mode mode) {
    Point point = new Point(weights(Owner.GENERATOR), weights(Owner.DISCRIMINATOR));
    return game(phase, stepsDone).at(tf, point, 0, mode);
  }

  TaskGame game(Phase phase, long stepsDone) {
    Map<String, RealSamples> sources = new LinkedHashMap<>();
    data.forEach((source, batch) -> sources.put(source, new Fixed(batch)));
    StepForm form = new StepForm(phase, Set.of());
    return new TaskGame(setup, players, sources, new Seeds(1), tf.constant(stepsDone), form);
  }

  /** The task's next generator, in the order of the task's variables. */
  UnaryOperator<Operand<TFloat32>> generator(Translator translator) {
    Generator net = translator.create(graph.variables().named("copy" + copies++));
    Weights weights = next(Owner.GENERATOR, net.variables());
    return x -> net.generate(tf, weights, Batch.of(Translator.IMAGE, x), Pass.training());
  }

  /** The task's next discriminator. */
  UnaryOperator<Operand<TFloat32>> discriminator(PatchDiscriminator form) {
    Discriminator net = form.create(graph.variables().named("copy" + copies++));
    Weights weights = next(Owner.DISCRIMINATOR, net.variables());
    return x -> net.judge(tf, weights, x, Pass.training());
  }

  private Weights next(Owner owner, List<Variable<TFloat32>> variables) {
    Map<Variable<TFloat32>, Operand<TFloat32>> values = new LinkedHashMap<>();
    variables.forEach(v -> values.put(v, copied.get(owner).next()));
    return Weights.of(values);
  }

  /** The values that both players' variables have. */
  Map<Variable<?>, float[]> stored() {
    List<Variable<TFloat32>> all = new ArrayList<>(variables(Owner.GENERATOR));
    all.addAll(variables(Owner.DISCRIMINATOR));
    List<float[]> values = graph.floats(all.stream().map(v -> v.read(tf)).toList());
    Map<Variable<?>, float[]> stored = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      stored.put(all.get(i), values.get(i));
    }
    return stored;
  }

  @Override
  public void close() {
    graph.close();
  }

  /** Always the same minibatch. */
  private record Fixed(Batch batch) implements RealSamples {
    @Override
    public long size() {
      return BATCH;
    }

    @Override
    public Batch batch(Ops tf, Operand<TInt64> position) {
      return batch;
    }

    @Override
    public void load(Session session) {}
  }
}
