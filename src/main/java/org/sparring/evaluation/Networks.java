package org.sparring.evaluation;

import java.util.function.Function;

/** Frees what was opened where a network cannot be made of it. */
final class Networks {
  private Networks() {}

  static <T extends AutoCloseable> FeatureNetwork opened(
      T resource, Function<T, FeatureNetwork> make) {
    try {
      return make.apply(resource);
    } catch (RuntimeException e) {
      try {
        resource.close();
      } catch (Exception suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }
}
