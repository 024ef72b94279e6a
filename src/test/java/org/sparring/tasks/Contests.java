package org.sparring.tasks;

import org.sparring.games.GameRule;
import org.sparring.layers.Normalization;
import org.sparring.losses.AdversarialLoss;
import org.sparring.nets.Architecture;
import org.sparring.nets.Conditional;
import org.sparring.nets.Dcgan;
import org.sparring.nets.DiscriminatorForm;
import org.sparring.nets.Labelling;
import org.sparring.nets.Mlp;
import org.sparring.optimizers.Optimizer;
import org.sparring.training.TinyRun;
import org.tensorflow.ndarray.Shape;

/** Contests for tests, one part at a time different from {@link TinyRun#contest}. */
public final class Contests {
  /** Points a batch, in packs of 1, 2 or 3. */
  static final int POINTS = 12;

  private Contests() {}

  /** A net of a few dozen weights on 16×16 images, which every rule can differentiate twice. */
  public static GameSetup mlp(GameRule rule) {
    return TinyRun.contest(new Mlp(Shape.of(16, 16, 1), 4, 2, TinyRun.LATENT), rule);
  }

  /** Glyphs of ten classes. */
  public static Architecture conditional(Labelling.Kind kind) {
    var labelling = new Labelling(kind, 10, 2);
    var form = new DiscriminatorForm(3, Normalization.BATCH, 1, labelling);
    return new Conditional(new Dcgan(16, 1, 3, TinyRun.LATENT + labelling.embedding(), form));
  }

  /** Points in the plane, judged in packs. */
  public static GameSetup points(GameRule rule, int packing) {
    DiscriminatorForm form = new DiscriminatorForm(6, Normalization.NONE, packing);
    GameSetup c = TinyRun.contest(new Mlp(Shape.of(2), 7, 2, TinyRun.LATENT), rule);
    return new GameSetup(
        new Mlp(Shape.of(2), 7, 2, TinyRun.LATENT, form),
        c.latent(),
        c.loss(),
        c.regularization(),
        rule,
        c.optimizers(),
        c.averageDecay(),
        POINTS);
  }

  public static GameSetup with(GameSetup c, GameRule rule) {
    return contest(c, c.architecture(), c.loss(), c.regularization(), rule, c.optimizers());
  }

  public static GameSetup with(GameSetup c, AdversarialLoss loss) {
    return contest(c, c.architecture(), loss, c.regularization(), c.rule(), c.optimizers());
  }

  public static GameSetup with(GameSetup c, Regularization regularization) {
    return contest(c, c.architecture(), c.loss(), regularization, c.rule(), c.optimizers());
  }

  public static GameSetup with(GameSetup c, Optimizer both) {
    GameSetup.Optimizers optimizers = new GameSetup.Optimizers(both, both);
    return contest(c, c.architecture(), c.loss(), c.regularization(), c.rule(), optimizers);
  }

  private static GameSetup contest(
      GameSetup c,
      Architecture nets,
      AdversarialLoss loss,
      Regularization regularization,
      GameRule rule,
      GameSetup.Optimizers optimizers) {
    return new GameSetup(
        nets, c.latent(), loss, regularization, rule, optimizers, c.averageDecay(), c.batch());
  }
}
