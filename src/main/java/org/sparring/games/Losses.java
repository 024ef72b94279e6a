package org.sparring.games;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The losses of both players at one point, from one shared forward pass, and the meters of this
 * pass.
 *
 * @param generator loss that the generator minimises, scalar
 * @param discriminator loss that the discriminator minimises, scalar, including its penalties if
 *     the mode requires them
 * @param meters scalars by name, in the order in which they are logged, for example {@code d_real}
 */
public record Losses(
    Operand<TFloat32> generator,
    Operand<TFloat32> discriminator,
    Map<String, Operand<TFloat32>> meters) {

  public Losses {
    meters = Collections.unmodifiableMap(new LinkedHashMap<>(meters));
  }

  /** Losses of a game without meters. */
  public Losses(Operand<TFloat32> generator, Operand<TFloat32> discriminator) {
    this(generator, discriminator, Map.of());
  }

  /** Returns these losses with another loss of the generator. */
  Losses withGenerator(Operand<TFloat32> loss) {
    return new Losses(loss, discriminator, meters);
  }
}
