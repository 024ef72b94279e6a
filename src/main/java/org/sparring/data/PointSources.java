package org.sparring.data;

import java.util.List;
import java.util.Optional;

/** The published mixtures by name: {@code ring} and {@code grid}. */
public final class PointSources {
  /** The names of all mixtures. */
  public static final List<String> NAMES = List.of("ring", "grid");

  private PointSources() {}

  /** The mixture of that name; empty if there is none. */
  public static Optional<PointSource> named(String name) {
    return switch (name) {
      case "ring" -> Optional.of(GaussianRing.pacGan());
      case "grid" -> Optional.of(GaussianGrid.pacGan());
      default -> Optional.empty();
    };
  }
}
