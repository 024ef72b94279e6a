package org.sparring.tasks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparring.games.Player;
import org.sparring.graph.Batch;
import org.sparring.graph.Gradients;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.losses.AdversarialLoss;
import org.sparring.losses.Minimax;
import org.sparring.losses.NonSaturating;
import org.sparring.nets.Input;
import org.sparring.nets.LabelInput;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * The probe of a generator and a discriminator: measured on fixed latent vectors and fixed real
 * samples, outside the step.
 *
 * <p>Names and units, in the order of {@link #meters()}:
 *
 * <ul>
 *   <li>{@code spread}: mean distance between two generated samples over that between two real
 *       ones; 1 means as varied as the data, 0 means a single sample.
 *   <li>{@code missing}: how far the real samples are from the nearest generated one, on a scale
 *       from 0 (as near as from the nearest other real one) to 1 (as far as from any real one).
 *   <li>{@code d_accuracy_seen}, {@code d_accuracy_held_out}: share of real samples with a logit
 *       above 0, of the training data and of data that is never trained on, in [0, 1].
 *   <li>{@code g_grad_norm}: ‖∇θ L_G‖ of the loss in use; {@code g_grad_norm_minimax} and {@code
 *       g_grad_norm_non_saturating}: the gradient norm under each of the two losses of Goodfellow
 *       et al. 2014.
 *   <li>{@code g_weight_norm}, {@code d_weight_norm}: ‖θ‖ and ‖φ‖.
 *   <li>{@code g_update_norm}, {@code d_update_norm}: the length of the optimizer's last descent.
 *   <li>{@code augment_probability}: p of the augmentation, where it adapts.
 * </ul>
 */
public final class PairProbe {
  private final Ops tf;
  private final PairNetworks pair;
  private final ProbeInputs players;
  private final ProbeSet set;
  private final Weights g;
  private final Weights d;
  private final Batch labels;
  private final Operand<TFloat32> reals;
  private final Operand<TFloat32> z;

  PairProbe(Ops tf, PairNetworks pair, ProbeInputs inputs) {
    this.tf = tf;
    this.pair = pair;
    players = inputs;
    set = inputs.set();
    g = players.generator().read(tf);
    d = players.discriminator().read(tf);
    reals = samples(set.reals());
    labels = labels(set.labels());
    int count = (int) reals.shape().get(0);
    z = pair.task().latent().sample(tf, count, inputs.seeds().once(tf, "probe"));
  }

  Map<String, Operand<TFloat32>> meters() {
    Map<String, Operand<TFloat32>> meters = new LinkedHashMap<>();
    variety(meters);
    meters.put("d_accuracy_seen", accuracy(reals, labels));
    if (set.holdsOut()) {
      meters.put(
          "d_accuracy_held_out", accuracy(samples(set.heldOut()), labels(set.heldOutLabels())));
    }
    pulls(meters);
    sizes(meters, "g", players.generator(), g);
    sizes(meters, "d", players.discriminator(), d);
    pair.augmenter().adapted().ifPresent(p -> meters.put("augment_probability", p.read(tf)));
    return meters;
  }

  private void variety(Map<String, Operand<TFloat32>> meters) {
    Operand<TFloat32> real = rows(reals);
    Operand<TFloat32> fake = rows(generated(z, labels));
    Operand<TFloat32> far = Distances.meanPairwise(tf, real);
    Operand<TFloat32> near = Distances.meanNearestOther(tf, real);
    Operand<TFloat32> found = Distances.meanNearest(tf, real, fake);
    meters.put("spread", tf.math.div(Distances.meanPairwise(tf, fake), far));
    meters.put("missing", tf.math.div(tf.math.sub(found, near), tf.math.sub(far, near)));
  }

  /** On half of the latents: these meters cost the most. */
  private void pulls(Map<String, Operand<TFloat32>> meters) {
    Batch halved =
        labels.has(Input.LABEL) ? LabelInput.of(half(labels.integers(Input.LABEL))) : labels;
    Operand<TFloat32> fake = judged(generated(half(z), halved), halved);
    Operand<TFloat32> real = judged(half(reals), halved);
    Map<AdversarialLoss, Operand<TFloat32>> pulls = new HashMap<>();
    for (AdversarialLoss loss : List.of(new Minimax(), new NonSaturating(), pair.task().loss())) {
      pulls.computeIfAbsent(loss, l -> pull(l, real, fake));
    }
    meters.put("g_grad_norm", pulls.get(pair.task().loss()));
    meters.put("g_grad_norm_minimax", pulls.get(new Minimax()));
    meters.put("g_grad_norm_non_saturating", pulls.get(new NonSaturating()));
  }

  private Operand<TFloat32> pull(
      AdversarialLoss loss, Operand<TFloat32> real, Operand<TFloat32> fake) {
    List<Operand<TFloat32>> at = g.get(players.generator().trainable());
    return norm(Gradients.of(tf, loss.generator(tf, real, fake), at));
  }

  private void sizes(
      Map<String, Operand<TFloat32>> meters, String name, Player player, Weights weights) {
    meters.put(name + "_weight_norm", norm(weights.get(player.trainable())));
    player
        .lastDescents(tf)
        .ifPresent(descents -> meters.put(name + "_update_norm", norm(descents)));
  }

  private Operand<TFloat32> accuracy(Operand<TFloat32> samples, Batch conditions) {
    return Meters.share(tf, tf.math.greater(judged(samples, conditions), tf.constant(0f)));
  }

  private Operand<TFloat32> generated(Operand<TFloat32> latents, Batch conditions) {
    return pair.generator()
        .generate(tf, g, conditions.with(Input.LATENT, latents), Pass.training());
  }

  private Operand<TFloat32> judged(Operand<TFloat32> samples, Batch conditions) {
    return pair.discriminator().judgement(tf, d, samples, conditions, Pass.training()).logits();
  }

  /** The classes of the probed samples, of a conditional pair. */
  private Batch labels(int[] of) {
    return pair.task().isConditional() ? LabelInput.of(tf.constant(of)) : Batch.NONE;
  }

  /** Returns the first half of the batch, rounded to whole packs. */
  private <T extends TType> Operand<T> half(Operand<T> batch) {
    int packing = pair.task().packing();
    int packs = Math.max(1, (int) batch.shape().get(0) / packing / 2);
    int[] size = new int[batch.shape().numDimensions()];
    Arrays.fill(size, -1);
    size[0] = packs * packing;
    return tf.slice(batch, tf.constant(new int[size.length]), tf.constant(size));
  }

  /** (count, sample shape). */
  private Operand<TFloat32> samples(float[] values) {
    Shape sample = pair.generator().sampleShape();
    return tf.constant(
        Shape.of(values.length / sample.size()).append(sample), DataBuffers.of(values));
  }

  /** (count, …) → (count, values). */
  private Operand<TFloat32> rows(Operand<TFloat32> batch) {
    int count = (int) batch.shape().get(0);
    return tf.reshape(batch, tf.constant(new int[] {count, -1}));
  }

  /** √ Σ of squares over a list of tensors. */
  private Operand<TFloat32> norm(List<Operand<TFloat32>> tensors) {
    List<Operand<TFloat32>> squares = new ArrayList<>();
    for (Operand<TFloat32> tensor : tensors) {
      // half the sum of squares
      squares.add(tf.nn.l2Loss(tensor));
    }
    return tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.math.addN(squares)));
  }
}
