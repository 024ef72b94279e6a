package org.sparring.tasks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparring.data.Field;
import org.sparring.errors.TrainingException;
import org.sparring.graph.Variables;
import org.sparring.losses.AdversarialLoss;
import org.sparring.nets.Architecture;
import org.sparring.nets.Generator;
import org.sparring.nets.Latent;
import org.sparring.optimizers.WeightClip;

/**
 * The classic task (Goodfellow et al. 2014, arXiv 1406.2661): a generator makes samples from latent
 * vectors, and class labels where the pair is conditional; a discriminator distinguishes them from
 * real ones.
 *
 * @param architecture the pair of networks
 * @param latent the prior, of the architecture's latent size
 * @param loss of both players
 * @param regularization of the discriminator
 * @param sharesMoments whether batch normalisation uses the moments of all devices' samples
 */
public record PairTask(
    Architecture architecture,
    Latent latent,
    AdversarialLoss loss,
    Regularization regularization,
    boolean sharesMoments)
    implements Task {
  /** The discriminator's penalty, as a lazy term. */
  static final String PENALTY = "penalty";

  public PairTask {
    TrainingException.require(
        architecture.latent() == latent.size(),
        "the generator takes latent vectors of "
            + architecture.latent()
            + ", the prior gives "
            + latent.size());
  }

  /** With batch normalisation by the moments of the whole minibatch. */
  public PairTask(
      Architecture architecture,
      Latent latent,
      AdversarialLoss loss,
      Regularization regularization) {
    this(architecture, latent, loss, regularization, true);
  }

  @Override
  public PairNetworks create(Variables variables) {
    Generator generator = architecture.generator(variables);
    int classes = architecture.form().labelling().classes();
    TrainingException.require(
        generator.classes() == classes,
        "expected a generator of the "
            + classes
            + " classes of the pair's labelling, found "
            + generator.classes());
    return new PairNetworks(
        this,
        generator,
        architecture.discriminator(variables),
        Augmenter.of(regularization.augment(), variables));
  }

  @Override
  public Map<String, Integer> lazyTerms() {
    return regularization.isLazy() ? Map.of(PENALTY, regularization.every()) : Map.of();
  }

  /** Whether the networks are conditioned on class labels. */
  boolean isConditional() {
    return architecture.form().labelling().classes() > 0;
  }

  @Override
  public List<String> fields(String source) {
    return isConditional() ? List.of(Field.LABEL) : List.of();
  }

  @Override
  public Optional<WeightClip> clip() {
    return regularization.clip();
  }

  @Override
  public int packing() {
    return architecture.form().packing();
  }
}
