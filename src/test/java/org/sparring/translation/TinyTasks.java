package org.sparring.translation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.sparring.losses.LeastSquares;
import org.sparring.losses.NonSaturating;
import org.sparring.losses.RelativisticAverage;
import org.sparring.translators.PatchDiscriminator.Norm;
import org.sparring.translators.Reduction;
import org.sparring.translators.ResNetTranslator;
import org.sparring.translators.SrResNet;
import org.sparring.translators.UNet;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Tasks with networks of a few hundred weights, and their losses as the papers have them. */
final class TinyTasks {
  private static final int SIDE = 16;
  private static final int SCALE = 2;

  static final PairedTask PAIRED =
      new PairedTask(
          new UNet(1, 3, 2, 0),
          1,
          List.of(Direction.values()),
          new Adversary(3, 1, Norm.BATCH, new NonSaturating(), 3f),
          1,
          UnaryOperator.identity());

  static final RestoreTask RESTORE =
      new RestoreTask(
          new SrResNet(1, 3, 1, SCALE),
          1,
          new Adversary(3, 1, Norm.NONE, new RelativisticAverage(), 0.6f),
          1.3f,
          Optional.empty(),
          4,
          UnaryOperator.identity());

  private TinyTasks() {}

  static UnpairedTask unpaired(int pool) {
    return new UnpairedTask(
        new ResNetTranslator(1, 2, 1),
        Shape.of(SIDE, SIDE, 1),
        new Adversary(3, 1, Norm.INSTANCE, new LeastSquares(), 0.8f),
        new UnpairedTask.Terms(1, 2),
        pool,
        UnaryOperator.identity());
  }

  static PlayedTask playedPairs() {
    return new PlayedTask(PAIRED, SIDE, Map.of("data", List.of("a", "b")));
  }

  static PlayedTask playedDomains(int pool) {
    List<String> field = List.of("image");
    return new PlayedTask(unpaired(pool), SIDE, Map.of("a", field, "b", field));
  }

  static PlayedTask playedImages() {
    return new PlayedTask(RESTORE, SIDE, Map.of("data", List.of("image")));
  }

  /** Terms of both directions; the name of each begins with what is made. */
  static LossTerms.Both pairs(PlayedTask played) {
    LossTerms.Both terms = new LossTerms.Both();
    for (Direction direction : Direction.values()) {
      Operand<TFloat32> from = played.images("data", direction.from());
      Operand<TFloat32> truth = played.images("data", direction.to());
      Operand<TFloat32> made = played.generator(PAIRED.translator()).apply(from);
      var judge = played.discriminator(PAIRED.adversary().discriminator(2));
      Operand<TFloat32> real = judge.apply(played.joined(from, truth));
      Operand<TFloat32> fake = judge.apply(played.joined(from, made));
      String name = direction.to();
      terms
          .generator()
          .with(name + "/adversarial", v -> 3 * calledReal(v.get(0), 0), List.of(fake))
          .difference(name + "/pixel", 1, truth, made);
      terms
          .discriminator()
          .with(
              name + "/judged",
              v -> calledReal(v.get(0), 0) + calledFake(v.get(1), 0),
              List.of(real, fake));
    }
    return terms;
  }

  /** Terms of both domains; the name of each begins with the domain of its images. */
  static LossTerms.Both domains(PlayedTask played) {
    UnpairedTask task = unpaired(0);
    Map<Direction, UnaryOperator<Operand<TFloat32>>> makers = new EnumMap<>(Direction.class);
    for (Direction direction : Direction.values()) {
      makers.put(direction, played.generator(task.translator()));
    }
    LossTerms.Both terms = new LossTerms.Both();
    for (Direction direction : Direction.values()) {
      var judge = played.discriminator(task.adversary().discriminator(1));
      var back = makers.get(direction.back());
      Operand<TFloat32> from = played.images(direction.from(), "image");
      Operand<TFloat32> made = makers.get(direction).apply(from);
      Operand<TFloat32> real = judge.apply(played.images(direction.to(), "image"));
      Operand<TFloat32> fake = judge.apply(made);
      String name = direction.to();
      terms
          .generator()
          .with(name + "/adversarial", v -> 0.8 * halfSquare(v.get(0), 1), List.of(fake))
          .difference(direction.from() + "/cycle", 1, from, back.apply(made))
          .difference(direction.from() + "/identity", 2, from, back.apply(from));
      terms
          .discriminator()
          .with(
              name + "/judged",
              v -> halfSquare(v.get(0), 1) + halfSquare(v.get(1), 0),
              List.of(real, fake));
    }
    return terms;
  }

  /**
   * Terms of enlarged images.
   *
   * @param pixel weight of the absolute difference
   * @param adversarial weight of the generator's adversarial term
   */
  static LossTerms.Both images(PlayedTask played, double pixel, double adversarial) {
    Operand<TFloat32> truth = played.images("data", "image");
    Operand<TFloat32> small = new Reduction(SCALE).of(played.graph().tf(), truth);
    Operand<TFloat32> made = played.generator(RESTORE.translator()).apply(small);
    var judge = played.discriminator(RESTORE.adversary().discriminator(1));
    List<Operand<TFloat32>> logits = List.of(judge.apply(truth), judge.apply(made));
    LossTerms.Both terms = new LossTerms.Both();
    terms
        .generator()
        .with("adversarial", v -> adversarial * relativistic(v.get(1), v.get(0)), logits)
        .difference("pixel", pixel, truth, made);
    terms.discriminator().with("judged", v -> relativistic(v.get(0), v.get(1)), logits);
    return terms;
  }

  /** Section 4.2 of the paper that {@link RelativisticAverage} names. */
  private static double relativistic(float[] better, float[] worse) {
    return calledReal(better, mean(worse)) + calledFake(worse, mean(better));
  }

  /** The mean over logits of −log σ(logit − shift). */
  private static double calledReal(float[] logits, double shift) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.log1p(Math.exp(shift - logit));
    }
    return sum / logits.length;
  }

  /** The mean over logits of −log(1 − σ(logit − shift)). */
  private static double calledFake(float[] logits, double shift) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.log1p(Math.exp(logit - shift));
    }
    return sum / logits.length;
  }

  /** ½ times the mean of (logit − target)². */
  private static double halfSquare(float[] logits, double target) {
    double sum = 0;
    for (float logit : logits) {
      sum += (logit - target) * (logit - target) / 2;
    }
    return sum / logits.length;
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
