package org.sparring.nets;

import java.util.Set;
import org.sparring.graph.StridedSize;
import org.sparring.graph.Variables;

/**
 * A pair that trains with float32 convolutions of some sizes as products of patches and kernels
 * (see {@code PatchProducts}): the same sums in another order. Evaluations that are differentiated
 * twice, and inference, use TensorFlow's convolutions.
 *
 * @param pair with TensorFlow's convolutions
 * @param sizes of the 4×4 convolutions of stride 2
 */
public record PatchedConvolutions(Architecture pair, Set<StridedSize> sizes)
    implements Architecture {
  public PatchedConvolutions {
    sizes = Set.copyOf(sizes);
  }

  @Override
  public int latent() {
    return pair.latent();
  }

  @Override
  public DiscriminatorForm form() {
    return pair.form();
  }

  @Override
  public Generator generator(Variables variables) {
    return ChangedPasses.of(pair.generator(variables), pass -> pass.patched(sizes));
  }

  @Override
  public Discriminator discriminator(Variables variables) {
    return ChangedPasses.of(pair.discriminator(variables), pass -> pass.patched(sizes));
  }
}
