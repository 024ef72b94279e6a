package org.sparring.nets;

import java.util.ArrayList;
import java.util.List;
import org.sparring.graph.Batch;
import org.sparring.graph.Gradients;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What a pair makes of latents, and the gradients of a sum of its logits: to be compared. */
final class PlayedPair {
  private final ScratchGraph graph;
  private final List<Variable<TFloat32>> ofGenerator;
  private final List<Variable<TFloat32>> ofDiscriminator;
  private final List<Operand<TFloat32>> operands = new ArrayList<>();

  /**
   * The numbers.
   *
   * @param generator its gradients by variable, in the order of {@link #names}
   * @param discriminator the same
   */
  public record Results(
      float[] images, float[] logits, List<float[]> generator, List<float[]> discriminator) {}

  PlayedPair(ScratchGraph graph, Architecture pair, int batch, Pass pass) {
    this.graph = graph;
    Ops tf = graph.tf();
    Generator g = pair.generator(graph.variables());
    Discriminator d = pair.discriminator(graph.variables());
    Weights gs = Weights.read(tf, g.variables());
    Weights ds = Weights.read(tf, d.variables());
    Batch classes = LabelInput.inOrder(tf, g, batch);
    Operand<TFloat32> z = latents(tf, pair, batch);
    Operand<TFloat32> images = g.generate(tf, gs, classes.with(Input.LATENT, z), pass);
    Operand<TFloat32> logits = d.judgement(tf, ds, images, classes, pass).logits();
    Operand<TFloat32> value = tf.sum(tf.math.softplus(logits), tf.constant(new int[] {0, 1}));
    ofGenerator = graph.variables().trainable(Owner.GENERATOR);
    ofDiscriminator = graph.variables().trainable(Owner.DISCRIMINATOR);
    operands.add(images);
    operands.add(logits);
    operands.addAll(Gradients.of(tf, value, gs.get(ofGenerator)));
    operands.addAll(Gradients.of(tf, value, ds.get(ofDiscriminator)));
  }

  /** Images, logits, the gradient by each variable of the generator and of the discriminator. */
  List<Operand<TFloat32>> operands() {
    return List.copyOf(operands);
  }

  /** All of it, in one run. */
  Results results() {
    List<float[]> all = graph.floats(operands);
    int players = 2 + ofGenerator.size();
    return new Results(
        all.get(0), all.get(1), all.subList(2, players), all.subList(players, all.size()));
  }

  /** Of a player's variables. */
  List<String> names(Owner owner) {
    return (owner == Owner.GENERATOR ? ofGenerator : ofDiscriminator)
        .stream().map(Variable::name).toList();
  }

  static Operand<TFloat32> latents(Ops tf, Architecture pair, int batch) {
    return new Latent(pair.latent(), Latent.Distribution.NORMAL)
        .sample(tf, batch, new Seeds(5).once(tf, "z"));
  }
}
