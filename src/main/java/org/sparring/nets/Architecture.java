package org.sparring.nets;

import org.sparring.graph.Variables;

/** A pair of networks that fit each other: what one generates the other can judge. */
public interface Architecture {

  /** Length of a latent vector. */
  int latent();

  /** What the discriminator is. */
  DiscriminatorForm form();

  /** Makes the generator and its variables. */
  Generator generator(Variables variables);

  /** Makes the discriminator and its variables. */
  Discriminator discriminator(Variables variables);
}
