package org.sparring.scores;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.sparring.evaluation.FeatureSample;
import org.sparring.metrics.Confidence;
import org.sparring.metrics.Features;
import org.sparring.metrics.InceptionScore;
import org.sparring.metrics.KernelDistance;
import org.sparring.metrics.ManifoldScores;
import org.sparring.scores.EvaluationReport.Better;
import org.sparring.scores.EvaluationReport.Score;

/** Computes each metric twice: generated samples against real ones, and real against real. */
final class Scoring {
  private final Set<Metric> metrics;
  private final FeatureSample real;
  private final Features left;
  private final Features right;
  private final long seed;
  private final Evaluation.Listener listener;
  private FrechetScoring frechet;
  private ManifoldScores manifoldFloor;

  /**
   * @param halves two disjoint halves of the real samples
   */
  Scoring(
      Set<Metric> metrics,
      FeatureSample real,
      List<FeatureSample> halves,
      long seed,
      Evaluation.Listener listener) {
    this.metrics = metrics;
    this.real = real;
    this.left = halves.get(0).features();
    this.right = halves.get(1).features();
    this.seed = seed;
    this.listener = listener;
  }

  /** Returns the requested scores and adds notes to {@code notes}. */
  List<Score> of(FeatureSample fake, List<String> notes) {
    List<Score> scores = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      if (metrics.contains(metric)) {
        listener.note("computing " + metric);
        scores.addAll(of(metric, fake, notes));
      }
    }
    return scores;
  }

  private List<Score> of(Metric metric, FeatureSample fake, List<String> notes) {
    return switch (metric) {
      case FID -> List.of(frechet().of(fake.features(), notes));
      case KID -> List.of(kernel(fake.features(), notes));
      case IS -> List.of(inception(fake));
      case PR -> precisionAndRecall(fake.features());
      case DC -> densityAndCoverage(fake.features());
      case CONFIDENCE -> confidence(fake);
    };
  }

  private FrechetScoring frechet() {
    if (frechet == null) {
      frechet = new FrechetScoring(real.features(), left, right);
    }
    return frechet;
  }

  private Score kernel(Features fake, List<String> notes) {
    KernelDistance distance = new KernelDistance(KernelDistance.DEFAULT_BLOCK, seed);
    KernelDistance.Score score = distance.of(real.features(), fake);
    if (score.blocks() == 1) {
      notes.add("kid: one block of " + score.block() + " samples has no standard error");
    }
    return new Score(
        "kid",
        "kernel distance",
        score.value(),
        score.standardError(),
        "standard error over " + score.blocks() + " disjoint blocks of " + score.block(),
        distance.of(left, right).value(),
        Better.LOWER);
  }

  private Score inception(FeatureSample fake) {
    InceptionScore.Score score = inceptionScore(fake);
    return new Score(
        "is",
        "Inception score",
        score.value(),
        score.deviation(),
        "deviation over " + score.splits() + " splits",
        inceptionScore(real).value(),
        Better.HIGHER);
  }

  private static InceptionScore.Score inceptionScore(FeatureSample of) {
    Features answers = of.probabilities().orElseThrow();
    InceptionScore score =
        new InceptionScore(answers.dimensions(), answers.count(), InceptionScore.DEFAULT_SPLITS);
    score.add(answers);
    return score.score();
  }

  private ManifoldScores floor() {
    if (manifoldFloor == null) {
      manifoldFloor = ManifoldScores.of(left, right);
    }
    return manifoldFloor;
  }

  private List<Score> precisionAndRecall(Features fake) {
    ManifoldScores m = manifold(fake);
    return List.of(
        share("precision", "precision, k = 3", m.precision(), m.fake(), floor().precision()),
        share("recall", "recall, k = 3", m.recall(), m.real(), floor().recall()));
  }

  private List<Score> densityAndCoverage(Features fake) {
    ManifoldScores m = manifold(fake);
    return List.of(
        new Score(
            "density",
            "density, k = 5",
            m.density(),
            m.densityError(),
            "standard error over the fakes",
            floor().density(),
            Better.HIGHER),
        share("coverage", "coverage, k = 5", m.coverage(), m.real(), floor().coverage()));
  }

  private Features lastFake;
  private ManifoldScores lastManifold;

  /** Returns precision, recall, density and coverage, which are computed together and only once. */
  private ManifoldScores manifold(Features fake) {
    if (lastFake != fake) {
      lastManifold = ManifoldScores.of(real.features(), fake);
      lastFake = fake;
    }
    return lastManifold;
  }

  private static Score share(String name, String title, double value, int samples, double real) {
    return new Score(
        name,
        title,
        value,
        ManifoldScores.shareError(value, samples),
        "binomial standard error",
        real,
        Better.HIGHER);
  }

  private List<Score> confidence(FeatureSample fake) {
    Confidence of = Confidence.of(fake.probabilities().orElseThrow());
    Confidence ofReal = Confidence.of(real.probabilities().orElseThrow());
    return List.of(
        new Score(
            "confident",
            "share answered with > .9",
            of.share(),
            of.shareError(),
            "binomial standard error",
            ofReal.share(),
            Better.REAL),
        new Score(
            "entropy",
            "entropy of the answers, nats",
            of.entropy(),
            of.entropyError(),
            "standard error",
            ofReal.entropy(),
            Better.REAL));
  }

  /** Returns the share of images for which a classifier predicts the requested class. */
  static Score agreement(FeatureSample fake, int[] asked, FeatureSample real, int[] labels) {
    double agreed = Confidence.agreement(fake.probabilities().orElseThrow(), asked);
    double right =
        Arrays.stream(labels).allMatch(label -> label >= 0)
            ? Confidence.agreement(real.probabilities().orElseThrow(), labels)
            : Double.NaN; // unlabelled images are not all wrong
    return new Score(
        "agreement",
        "answers of the asked class",
        agreed,
        ManifoldScores.shareError(agreed, asked.length),
        "binomial standard error",
        right,
        Better.HIGHER);
  }
}
