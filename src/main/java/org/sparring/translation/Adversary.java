package org.sparring.translation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sparring.errors.TrainingException;
import org.sparring.losses.AdversarialLoss;
import org.sparring.tasks.Draw;
import org.sparring.tasks.Logits;
import org.sparring.tasks.Meters;
import org.sparring.translators.PatchDiscriminator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The adversarial part of a task from images to images.
 *
 * @param width of the discriminator, see {@link PatchDiscriminator}
 * @param halvings of the discriminator
 * @param norm of the discriminator
 * @param loss on the logits of all patches
 * @param weight of the adversarial term in the generator's loss, 0 or more
 */
public record Adversary(
    int width, int halvings, PatchDiscriminator.Norm norm, AdversarialLoss loss, float weight) {
  public Adversary {
    TrainingException.require(
        weight >= 0, "the weight of the adversarial loss must be 0 or more, found " + weight);
  }

  PatchDiscriminator discriminator(int channels) {
    return new PatchDiscriminator(channels, width, halvings, norm);
  }

  /**
   * Both losses of a pair of judgements.
   *
   * @param generator already weighted
   */
  record Terms(Operand<TFloat32> generator, Operand<TFloat32> discriminator) {
    Terms plus(Ops tf, Terms other) {
      return new Terms(
          tf.math.add(generator, other.generator), tf.math.add(discriminator, other.discriminator));
    }
  }

  Terms terms(Ops tf, Draw draw, Operand<TFloat32> real, Operand<TFloat32> fake) {
    Logits logits = Logits.of(tf, draw, loss, real, fake);
    return new Terms(
        tf.math.mul(tf.constant(weight), loss.generator(tf, logits.real(), logits.fake())),
        loss.discriminator(tf, logits.real(), logits.fake()));
  }

  /** The meters {@code d_real} and {@code d_fake}. */
  static Map<String, Operand<TFloat32>> meters(
      Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    Map<String, Operand<TFloat32>> meters = new LinkedHashMap<>();
    meters.put(Meters.REAL_SCORE, Differences.mean(tf, tf.math.sigmoid(real)));
    meters.put(Meters.FAKE_SCORE, Differences.mean(tf, tf.math.sigmoid(fake)));
    return meters;
  }

  /** The same where the discriminator was not asked. */
  static Map<String, Operand<TFloat32>> noMeters(Ops tf) {
    Map<String, Operand<TFloat32>> meters = new LinkedHashMap<>();
    meters.put(Meters.REAL_SCORE, tf.constant(0f));
    meters.put(Meters.FAKE_SCORE, tf.constant(0f));
    return meters;
  }
}
