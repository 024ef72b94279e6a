package org.sparring.evaluation;

import java.util.function.Function;

/** Closes resources if a network cannot be created from them. */
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
