package org.sparring.nets;

import org.sparring.errors.NetException;
import org.sparring.graph.Fans;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A pair conditioned on class labels. Any pair can be made conditional: a learned class embedding
 * is appended to the generator's latent vectors, and the discriminator ends in the head that its
 * form's labelling selects.
 *
 * @param pair whose latent vectors are {@code latent + embedding} long
 */
public record Conditional(Architecture pair) implements Architecture {
  public Conditional {
    Labelling labelling = pair.form().labelling();
    NetException.require(
        !labelling.isNone(), "a conditional pair needs a labelling in its form, found none");
    NetException.require(
        pair.latent() > labelling.embedding(),
        "expected latent vectors longer than the embedding's "
            + labelling.embedding()
            + ", found "
            + pair.latent());
  }

  /** Without the class's vector. */
  @Override
  public int latent() {
    return pair.latent() - pair.form().labelling().embedding();
  }

  @Override
  public DiscriminatorForm form() {
    return pair.form();
  }

  @Override
  public Generator generator(Variables variables) {
    Labelling labelling = form().labelling();
    Shape shape = Shape.of(labelling.classes(), labelling.embedding());
    // of length 1, as one component of z: with a longer vector the generator ignores z, and each
    // class becomes one image
    float deviation = (float) (1 / Math.sqrt(labelling.embedding()));
    Variable<TFloat32> table =
        variables.weight(
            Owner.GENERATOR, "classes", shape, Fans.of(shape), Initializer.normal(deviation));
    return new ConditionalGenerator(pair.generator(variables), table);
  }

  @Override
  public Discriminator discriminator(Variables variables) {
    return pair.discriminator(variables);
  }
}
