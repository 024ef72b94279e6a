package org.sparring.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.errors.RecipeException;

class RecipeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data.side=-1           | expected at least 0, found -1",
        "data.channels=5        | expected 1 to 4, or 0 for the source's own, found 5",
        "data.channels=-1       | expected 1 to 4, or 0 for the source's own, found -1",
        "data.residence=devise  | expected one of auto, device, stream, found 'devise'; did you mean"
            + " 'device'?",
        "net.kind=dgcan         | expected one of dcgan, dcgan5, sndcgan, resnet, r3, mlp, maxout-mlp, found 'dgcan'; did you mean 'dcgan'?",
        "net.width=0            | expected at least 1, found 0",
        "net.width=100000       | expected at most 4096, found 100000",
        "net.latent=65537       | expected at most 65536, found 65537",
        "net.depth=0            | expected at least 1, found 0",
        "net.latent=0           | expected at least 1, found 0",
        "net.distribution=gauss | expected one of normal, uniform, found 'gauss'; did you mean"
            + " 'normal'?",
        "loss.kind=minmax       | expected one of non-saturating, minimax, least-squares, hinge, wasserstein, relativistic-pairing, relativistic-average, found 'minmax'; did you"
            + " mean 'minimax'?",
        "game.rule=simultanous  | expected one of alternating, simultaneous, extra-gradient, extra-gradient-past, optimistic, lookahead, consensus, symplectic, unrolled, found 'simultanous';"
            + " did you mean 'simultaneous'?",
        "game.discriminator_steps=0  | expected at least 1, found 0",
        "game.strength=0        | expected a positive number, found 0.0",
        "game.strength=-1       | expected a positive number, found -1.0",
        "game.lookahead_steps=1 | expected at least 2, found 1",
        "game.lookahead_share=0 | expected a positive number, found 0.0",
        "game.lookahead_share=1.5    | expected at most 1, found 1.5",
        "game.unrolled_steps=0  | expected at least 1, found 0",
        "net.discriminator_width=-1  | expected at least 0, found -1",
        "net.discriminator_width=5000 | expected at most 4096, found 5000",
        "net.discriminator_norm=spectrl | expected one of auto, batch, none, spectral, found"
            + " 'spectrl'; did you mean 'spectral'?",
        "net.packing=0          | expected at least 1, found 0",
        "loss.smoothing=1       | expected at least 0 and below 1, found 1.0",
        "loss.smoothing=-0.1    | expected at least 0 and below 1, found -0.1",
        "penalty.kind=r3        | expected one of none, r1, r2, r1+r2, gradient-penalty, dragan,"
            + " found 'r3'; did you mean 'r1'?",
        "penalty.weight=-1      | expected 0 or more, found -1.0",
        "penalty.every=0        | expected at least 1, found 0",
        "penalty.perturbation=-1 | expected 0 or more, found -1.0",
        "penalty.clip=-0.01     | expected 0 or more, found -0.009999999776482582",
        "augment.kind=colour    | expected one of none, color, translation, cutout, found 'colour'; did"
            + " you mean 'color'?",
        "augment.kind=color+none     | expected one of color, translation, cutout, found 'none'; did you"
            + " mean 'color'?",
        "augment.kind=cutout+cutout  | expected each kind once, found 'cutout+cutout'",
        "augment.probability=1.5     | expected 0 to 1, found 1.5",
        "augment.target=1       | expected at least 0 and below 1, found 1.0",
        "augment.kimg=0         | expected a positive number, found 0.0",
        "optimizer.kind=adm     | expected one of adam, sgd, found 'adm'; did you mean 'adam'?",
        "meters.steps=-1        | expected at least 0, found -1",
        "meters.samples=7       | expected at least 8, found 7",
        "meters.samples=1025    | expected at most 1024, found 1025",
        "optimizer.learning_rate=0   | expected a positive number, found 0.0",
        "optimizer.learning_rate=1e99 | expected a positive number, found Infinity",
        "optimizer.discriminator_learning_rate=-1 | expected a positive number, found -1.0",
        "optimizer.beta1=1      | expected at least 0 and below 1, found 1.0",
        "optimizer.beta2=-0.1   | expected at least 0 and below 1, found -0.1",
        "optimizer.epsilon=0    | expected a positive number, found 0.0",
        "optimizer.schedule=cos | expected one of constant, linear, constant-then-linear, cosine, found 'cos'; did you"
            + " mean 'cosine'?",
        "optimizer.schedule=linear   | expected at least 1, found 0",
        "optimizer.clip_norm=-1 | expected 0 or more, found -1.0",
        "optimizer.clip_norm=1e99 | expected 0 or more, found Infinity",
        "labels.kind=projektion | expected one of none, projection, auxiliary, found 'projektion';"
            + " did you mean 'projection'?",
        "evaluation.metric=fed  | expected one of fid, kid, found 'fed'; did you mean 'fid'?",
        "device.precision=bfloat16   | expected one of auto, float32, tf32, mixed_bfloat16, found 'bfloat16';"
            + " did you mean 'float32'?",
        "device.jit=yes         | expected one of off, auto, on, found 'yes'; did you mean 'off'?",
        "device.onednn=of       | expected one of auto, on, off, found 'of'; did you mean 'on'?",
        "batch=0                | expected at least 1, found 0",
        "steps=0                | expected at least 1, found 0",
        "ema.decay=1            | expected at least 0 and below 1, found 1.0",
        "checkpoint.steps=-1    | expected at least 0, found -1",
        "checkpoint.minutes=-1  | expected 0 or more, found -1.0",
        "checkpoint.keep=0      | expected at least 1, found 0",
        "perceptual.weight=-1   | expected 0 or more, found -1.0",
        "samples.steps=-1       | expected at least 0, found -1",
        "samples.count=0        | expected at least 1, found 0",
        "log.steps=0            | expected at least 1, found 0",
        "device.kind=tpu        | expected auto, cpu or gpu:N, found 'tpu'",
        "device.intra_op_threads=-1  | expected at least 0, found -1",
        "device.inter_op_threads=-1  | expected at least 0, found -1",
        "device.steps_per_run=129    | expected 0 to 128, found 129"
      })
  void aNumberOutOfItsRangeIsNamedByItsKey(String assignment, String rule) {
    RecipeException refused =
        assertThrows(
            RecipeException.class, () -> new RecipeReader().set(assignment).recipe(), assignment);
    String key = assignment.substring(0, assignment.indexOf('='));
    String named =
        key.equals("optimizer.schedule") && rule.startsWith("expected at least")
            ? "optimizer.decay_steps"
            : key;
    assertEquals(named + ": " + rule, refused.getMessage());
  }

  @Test
  void anAlternatingStepShowsOneBatchToEachDiscriminatorStep() {
    assertEquals(5, TinyRecipe.with("game.discriminator_steps=5").drawsPerStep());
    assertEquals(
        1, TinyRecipe.with("game.discriminator_steps=5", "game.rule=simultaneous").drawsPerStep());
  }
}
