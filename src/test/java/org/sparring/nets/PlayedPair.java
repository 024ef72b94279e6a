package org.sparring.nets;

import java.util.ArrayList;
import java.util.List;
import org.sparring.graph.Gradients;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What a pair makes of latents, and the gradients of a sum of its logits: to be compared. */
final class PlayedPair {

  private final List<Operand<TFloat32>> told = new ArrayList<>();

  PlayedPair(ScratchGraph graph, Architecture pair, int batch, Pass pass) {
    Ops tf = graph.tf();
    Generator g = pair.generator(graph.variables());
    Discriminator d = pair.discriminator(graph.variables());
    Weights gs = Weights.read(tf, g.variables());
    Weights ds = Weights.read(tf, d.variables());
    Condition classes = Condition.inTurn(tf, g, batch);
    Operand<TFloat32> z = latents(tf, pair, batch);
    Operand<TFloat32> images = g.generate(tf, gs, z, classes, pass);
    Operand<TFloat32> logits = d.judgement(tf, ds, images, classes, pass).logits();
    Operand<TFloat32> value = tf.sum(tf.math.softplus(logits), tf.constant(new int[] {0, 1}));
    told.add(images);
    told.add(logits);
    told.add(gradient(tf, value, gs.get(graph.variables().trainable(Owner.GENERATOR))));
    told.add(gradient(tf, value, ds.get(graph.variables().trainable(Owner.DISCRIMINATOR))));
  }

  private static Operand<TFloat32> gradient(
      Ops tf, Operand<TFloat32> value, List<Operand<TFloat32>> weights) {
    List<Operand<TFloat32>> flat =
        Gradients.of(tf, value, weights).stream()
            .<Operand<TFloat32>>map(slope -> tf.reshape(slope, tf.constant(new int[] {-1})))
            .toList();
    return tf.concat(flat, tf.constant(0));
  }

  /** Images, logits, the generator's gradients and the discriminator's. */
  List<Operand<TFloat32>> told() {
    return List.copyOf(told);
  }

  static Operand<TFloat32> latents(Ops tf, Architecture pair, int batch) {
    return new Latent(pair.latent(), Latent.Distribution.NORMAL)
        .sample(tf, batch, new Seeds(5).once(tf, "z"));
  }

  /** ‖a − b‖ ÷ ‖a‖. */
  static double distance(float[] a, float[] b) {
    double apart = 0;
    double length = 0;
    for (int i = 0; i < a.length; i++) {
      apart += Math.pow((double) a[i] - b[i], 2);
      length += Math.pow(a[i], 2);
    }
    return Math.sqrt(apart / length);
  }

  static double cosine(float[] a, float[] b) {
    double product = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      first += Math.pow(a[i], 2);
      second += Math.pow(b[i], 2);
    }
    return product / Math.sqrt(first * second);
  }
}
