package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.data.ArrayDataset;
import org.sparring.data.Dataset;
import org.sparring.errors.DataException;
import org.sparring.games.Losses;
import org.sparring.games.Mode;
import org.sparring.games.Point;
import org.sparring.graph.Batch;
import org.sparring.graph.Owner;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.layers.Normalization;
import org.sparring.layers.Pass;
import org.sparring.losses.NonSaturating;
import org.sparring.nets.Conditional;
import org.sparring.nets.Discriminator;
import org.sparring.nets.DiscriminatorForm;
import org.sparring.nets.Generator;
import org.sparring.nets.Input;
import org.sparring.nets.LabelInput;
import org.sparring.nets.Labelling;
import org.sparring.nets.Latent;
import org.sparring.nets.Mlp;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.tasks.Draw;
import org.sparring.tasks.Shown;
import org.sparring.tasks.Task;
import org.sparring.tasks.TaskFunction;
import org.sparring.tasks.TaskNetworks;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;

/** A task whose losses depend on every field of its data. */
class TaskFieldsTest {
  private static final int SIZE = 20;

  @TempDir Path folder;

  @Test
  void aTaskReadsEveryFieldOnTheDeviceAndStreamedAlikeAndResumesBitForBit() {
    String device = train("device", data(0), 7, "device");
    assertEquals(device, train("streamed", data(0), 7, "stream"));
    train("halves", data(0), 3, "device");
    assertEquals(device, train("halves", data(0), 7, "stream"));
    for (int change = 1; change <= 4; change++) {
      assertNotEquals(device, train("changed" + change, data(change), 7, "device"), "" + change);
    }
  }

  /** The content hash covers every field: a run does not resume on other data. */
  @Test
  void anotherValueOfAnyFieldIsOtherData() {
    train("run", data(0), 2, "device");
    for (int change = 1; change <= 4; change++) {
      Dataset other = data(change);
      var e = assertThrows(DataException.class, () -> train("run", other, 4, "device"));
      assertTrue(e.getMessage().contains("was trained on"), e.getMessage());
    }
  }

  @Test
  void aMissingFieldIsNamed() {
    Dataset bare = ArrayDataset.of("bare", 2).floats("row", new int[] {2}, new float[4]);
    var e = assertThrows(DataException.class, () -> train("bare", bare, 2, "device"));
    assertEquals(
        "bare: expected a field label\nfound row\nUse a data set with this field.", e.getMessage());
  }

  private String train(String name, Dataset data, int steps, String residence) {
    Recipe recipe =
        new RecipeReader()
            .set("steps", String.valueOf(steps))
            .set("batch", "6")
            .set("data.residence", residence)
            .recipe();
    return Experiment.builder(recipe)
        .task(new Rows())
        .data(data)
        .silent()
        .in(folder.resolve(name))
        .train()
        .weightsSha256();
  }

  /**
   * Rows, their classes, and texts.
   *
   * @param change 1 to 4 to change one value of one field; 0 for none
   */
  private static Dataset data(int change) {
    float[] rows = new float[2 * SIZE];
    int[] labels = new int[SIZE];
    int[][] texts = new int[SIZE][];
    for (int i = 0; i < SIZE; i++) {
      rows[2 * i] = (float) Math.sin(i);
      rows[2 * i + 1] = (float) Math.cos(2 * i);
      labels[i] = i % 3;
      texts[i] = i % 2 == 0 ? new int[] {i % 5, 4} : new int[] {i % 5, 1, 2};
    }
    rows[9] += change == 1 ? 0.5f : 0;
    labels[9] = change == 2 ? 1 : 0;
    texts[9][1] = change == 3 ? 3 : 1;
    texts[9] = change == 4 ? new int[] {4, 1} : texts[9];
    return ArrayDataset.of("rows", SIZE)
        .floats("row", new int[] {2}, rows)
        .labels(List.of("a", "b", "c"), labels)
        .tokens("text", 5, texts);
  }

  /** A conditional pair; the generator's rows should also follow the text. */
  private record Rows() implements Task {
    @Override
    public List<String> fields(String source) {
      return List.of("label", "text", "text_length");
    }

    @Override
    public TaskNetworks create(Variables variables) {
      var labelling = new Labelling(Labelling.Kind.PROJECTION, 3, 2);
      var form = new DiscriminatorForm(8, Normalization.NONE, 1, labelling);
      var pair = new Conditional(new Mlp(Shape.of(2), 8, 1, 5, form));
      return new Nets(pair.generator(variables), pair.discriminator(variables));
    }
  }

  private record Nets(Generator generator, Discriminator discriminator) implements TaskNetworks {
    private static final Latent PRIOR = new Latent(3, Latent.Distribution.NORMAL);

    @Override
    public List<Variable<TFloat32>> variables(Owner player) {
      return player == Owner.GENERATOR ? generator.variables() : discriminator.variables();
    }

    @Override
    public Losses losses(Ops tf, Point at, Draw draw, Mode mode) {
      Batch real = draw.fields(tf, Task.DATA);
      Batch labels = real.only(Input.LABEL);
      var z = PRIOR.sample(tf, draw.batch(), draw.latents(tf));
      Batch inputs = labels.with(Input.LATENT, z);
      var fake = generator.generate(tf, at.generator(), inputs, Pass.training());
      var d = at.discriminator();
      var r = discriminator.judgement(tf, d, real.floats("row"), labels, Pass.training()).logits();
      var f = discriminator.judgement(tf, d, fake, labels, Pass.training()).logits();
      var loss = new NonSaturating();
      var apart = tf.math.squaredDifference(fake, wanted(tf, real));
      return new Losses(
          tf.math.add(loss.generator(tf, r, f), tf.math.mean(apart, tf.constant(new int[] {0, 1}))),
          loss.discriminator(tf, r, f),
          Map.of());
    }

    /** (batch, 2): the mean token and the length of each text. */
    private static Operand<TFloat32> wanted(Ops tf, Batch real) {
      var tokens = tf.dtypes.cast(real.integers("text"), TFloat32.class);
      var lengths = tf.dtypes.cast(real.integers("text_length"), TFloat32.class);
      return tf.stack(List.of(tf.math.mean(tokens, tf.constant(1)), lengths), Stack.axis(1L));
    }

    @Override
    public Operand<TFloat32> preview(Ops tf, Weights weights, Shown shown) {
      int count = shown.count();
      Seeds seeds = shown.seeds();
      var z = PRIOR.sample(tf, count, seeds.once(tf, "preview"));
      Batch labels = LabelInput.inOrder(tf, generator, count);
      return generator.generate(tf, weights, labels.with(Input.LATENT, z), Pass.inference());
    }

    @Override
    public List<TaskFunction> functions() {
      return List.of(TaskFunction.of("generate", generator, "rows"));
    }
  }
}
