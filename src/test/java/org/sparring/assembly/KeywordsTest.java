package org.sparring.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.sparring.assembly.Pins.assertNames;
import static org.sparring.assembly.Pins.assertPins;
import static org.sparring.assembly.Pins.setup;
import static org.sparring.assembly.Pins.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparring.augmentations.Brightness;
import org.sparring.augmentations.Contrast;
import org.sparring.augmentations.Cutout;
import org.sparring.augmentations.Saturation;
import org.sparring.augmentations.Translation;
import org.sparring.games.Alternating;
import org.sparring.games.Consensus;
import org.sparring.games.ExtraGradient;
import org.sparring.games.Lookahead;
import org.sparring.games.Optimistic;
import org.sparring.games.Simultaneous;
import org.sparring.games.SymplecticAdjustment;
import org.sparring.games.Unrolled;
import org.sparring.layers.Normalization;
import org.sparring.losses.Hinge;
import org.sparring.losses.LeastSquares;
import org.sparring.losses.Minimax;
import org.sparring.losses.NonSaturating;
import org.sparring.losses.RelativisticAverage;
import org.sparring.losses.RelativisticPairing;
import org.sparring.losses.Wasserstein;
import org.sparring.nets.Dcgan;
import org.sparring.nets.Dcgan5;
import org.sparring.nets.Labelling;
import org.sparring.nets.Latent;
import org.sparring.nets.MaxoutMlp;
import org.sparring.nets.Mlp;
import org.sparring.nets.R3Net;
import org.sparring.nets.SnDcgan;
import org.sparring.nets.SnResNet;
import org.sparring.recipes.AugmentKeys.AugmentKind;
import org.sparring.recipes.GameKeys.RuleKind;
import org.sparring.recipes.LabelKeys.LabelKind;
import org.sparring.recipes.LossKeys.LossKind;
import org.sparring.recipes.NetKeys.DiscriminatorNorm;
import org.sparring.recipes.NetKeys.LatentDistribution;
import org.sparring.recipes.NetKeys.NetKind;
import org.sparring.recipes.PenaltyKeys.PenaltyKind;
import org.sparring.regularizers.Dragan;
import org.sparring.regularizers.GradientPenalty;
import org.sparring.regularizers.Lazy;
import org.sparring.regularizers.Penalties;
import org.sparring.regularizers.R1;
import org.sparring.regularizers.R2;
import org.sparring.tasks.Regularization;
import org.tensorflow.ndarray.Shape;

/** Each name in YAML builds the class that it names. The tables are written out on purpose. */
class KeywordsTest {
  private static final Shape IMAGE = Shape.of(16, 16, 1);
  private static final Shape POINT = Shape.of(2);

  @Test
  void netKind() {
    Map<String, Class<?>> images =
        Map.of(
            "dcgan", Dcgan.class,
            "dcgan5", Dcgan5.class,
            "sndcgan", SnDcgan.class,
            "resnet", SnResNet.class,
            "r3", R3Net.class,
            "mlp", Mlp.class);
    images.forEach(
        (name, type) ->
            assertInstanceOf(type, task(IMAGE, "net.kind=" + name).architecture(), name));
    assertInstanceOf(MaxoutMlp.class, task(POINT, "net.kind=maxout-mlp").architecture());
    assertNames(
        NetKind.values(), "dcgan", "dcgan5", "sndcgan", "resnet", "r3", "mlp", "maxout-mlp");
  }

  @Test
  void netDistribution() {
    assertPins(
        LatentDistribution.values(),
        Map.of("normal", Latent.Distribution.NORMAL, "uniform", Latent.Distribution.UNIFORM),
        name -> task(IMAGE, "net.distribution=" + name).latent().distribution());
  }

  @Test
  void netDiscriminatorNorm() {
    assertPins(
        DiscriminatorNorm.values(),
        Map.of(
            "auto", Normalization.BATCH,
            "batch", Normalization.BATCH,
            "none", Normalization.NONE,
            "spectral", Normalization.SPECTRAL),
        name -> normalization("net.discriminator_norm=" + name));
    Map<String, Normalization> own =
        Map.of(
            "dcgan", Normalization.BATCH,
            "dcgan5", Normalization.BATCH,
            "sndcgan", Normalization.SPECTRAL,
            "resnet", Normalization.SPECTRAL,
            "r3", Normalization.NONE,
            "mlp", Normalization.NONE);
    own.forEach((name, norm) -> assertEquals(norm, normalization("net.kind=" + name), name));
  }

  @Test
  void labelsKind() {
    assertPins(
        LabelKind.values(),
        Map.of(
            "none", Labelling.Kind.NONE,
            "projection", Labelling.Kind.PROJECTION,
            "auxiliary", Labelling.Kind.AUXILIARY),
        name -> task(IMAGE, "labels.kind=" + name).architecture().form().labelling().kind());
  }

  @Test
  void lossKind() {
    assertPins(
        LossKind.values(),
        Map.of(
            "non-saturating", NonSaturating.class,
            "minimax", Minimax.class,
            "least-squares", LeastSquares.class,
            "hinge", Hinge.class,
            "wasserstein", Wasserstein.class,
            "relativistic-pairing", RelativisticPairing.class,
            "relativistic-average", RelativisticAverage.class),
        name -> task(IMAGE, "penalty.clip=0.1", "loss.kind=" + name).loss().getClass());
  }

  @Test
  void penaltyKind() {
    assertPins(
        PenaltyKind.values(),
        Map.of(
            "none", Optional.empty(),
            "r1", Optional.of(R1.class),
            "r2", Optional.of(R2.class),
            "r1+r2", Optional.of(Penalties.class),
            "gradient-penalty", Optional.of(GradientPenalty.class),
            "dragan", Optional.of(Dragan.class)),
        name -> penalty(name).map(Object::getClass));
    Penalties both = assertInstanceOf(Penalties.class, penalty("r1+r2").orElseThrow());
    assertEquals(List.of(new R1(10), new R2(10)), both.terms());
  }

  @Test
  void augmentKind() {
    assertPins(
        AugmentKind.values(),
        Map.of(
            "color", List.of(new Brightness(), new Saturation(), new Contrast()),
            "translation", List.of(new Translation()),
            "cutout", List.of(new Cutout())),
        name -> regularization("augment.kind=" + name).augment().kinds().steps());
    assertEquals(List.of(), regularization("augment.kind=none").augment().kinds().steps());
    assertEquals(
        List.of(new Cutout(), new Translation()),
        regularization("augment.kind=cutout+translation").augment().kinds().steps());
  }

  @Test
  void gameRule() {
    assertPins(
        RuleKind.values(),
        Map.of(
            "alternating", new Alternating(1, false),
            "simultaneous", new Simultaneous(),
            "extra-gradient", new ExtraGradient(false),
            "extra-gradient-past", new ExtraGradient(true),
            "optimistic", new Optimistic(),
            "lookahead", new Lookahead(new Alternating(1, false), 5, 0.5f),
            "consensus", new Consensus(1),
            "symplectic", new SymplecticAdjustment(1),
            "unrolled", new Unrolled(5)),
        name -> setup(IMAGE, "game.rule=" + name).rule());
  }

  private static Normalization normalization(String setting) {
    return task(IMAGE, setting).architecture().form().normalization();
  }

  /** The penalty without its lazy wrapper. */
  private static Optional<Object> penalty(String kind) {
    return regularization("penalty.kind=" + kind).penalty().map(lazy -> ((Lazy) lazy).penalty());
  }

  private static Regularization regularization(String setting) {
    return task(IMAGE, setting).regularization();
  }
}
