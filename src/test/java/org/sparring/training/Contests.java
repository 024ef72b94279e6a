package org.sparring.training;

import org.sparring.losses.AdversarialLoss;
import org.sparring.nets.Architecture;
import org.sparring.nets.Conditional;
import org.sparring.nets.Dcgan;
import org.sparring.nets.DiscriminatorForm;
import org.sparring.nets.Labelling;
import org.sparring.nets.Mlp;
import org.sparring.nets.Normalization;
import org.sparring.optimizers.GameRule;
import org.sparring.optimizers.Optimizer;
import org.tensorflow.ndarray.Shape;

/** Contests for tests, one part at a time different from {@link TinyRun#contest}. */
final class Contests {
  /** Points a batch, in packs of 1, 2 or 3. */
  static final int POINTS = 12;

  private Contests() {}

  /** A net of a few dozen weights on 16×16 images, which every rule can differentiate twice. */
  static Contest mlp(GameRule rule) {
    return TinyRun.contest(new Mlp(Shape.of(16, 16, 1), 4, 2, TinyRun.LATENT), rule);
  }

  /** Glyphs of ten classes. */
  static Architecture conditional(Labelling.Kind kind) {
    var labelling = new Labelling(kind, 10, 2);
    var form = new DiscriminatorForm(3, Normalization.BATCH, 1, labelling);
    return new Conditional(new Dcgan(16, 1, 3, TinyRun.LATENT + labelling.embedding(), form));
  }

  /** Points in the plane, judged in packs. */
  static Contest points(GameRule rule, int packing) {
    DiscriminatorForm form = new DiscriminatorForm(6, Normalization.NONE, packing);
    Contest c = TinyRun.contest(new Mlp(Shape.of(2), 7, 2, TinyRun.LATENT), rule);
    return new Contest(
        new Mlp(Shape.of(2), 7, 2, TinyRun.LATENT, form),
        c.latent(),
        c.loss(),
        c.regularization(),
        rule,
        c.optimizers(),
        c.averageDecay(),
        POINTS);
  }

  static Contest with(Contest c, GameRule rule) {
    return contest(c, c.architecture(), c.loss(), c.regularization(), rule, c.optimizers());
  }

  static Contest with(Contest c, AdversarialLoss loss) {
    return contest(c, c.architecture(), loss, c.regularization(), c.rule(), c.optimizers());
  }

  static Contest with(Contest c, Regularization regularization) {
    return contest(c, c.architecture(), c.loss(), regularization, c.rule(), c.optimizers());
  }

  static Contest with(Contest c, Optimizer both) {
    Contest.Optimizers optimizers = new Contest.Optimizers(both, both);
    return contest(c, c.architecture(), c.loss(), c.regularization(), c.rule(), optimizers);
  }

  private static Contest contest(
      Contest c,
      Architecture nets,
      AdversarialLoss loss,
      Regularization regularization,
      GameRule rule,
      Contest.Optimizers optimizers) {
    return new Contest(
        nets, c.latent(), loss, regularization, rule, optimizers, c.averageDecay(), c.batch());
  }
}
