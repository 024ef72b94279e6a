package org.sparring;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The table of rooms in docs/architecture.md, as a test: it is the complete list of arrows. */
class RoomsTest {
  private static final String ROOT = "org.sparring.";

  /**
   * Room to the rooms it may use; in the order of the table, so that the last ones may use all
   * above.
   */
  private static final Map<String, Set<String>> MAY_USE = new LinkedHashMap<>();

  static {
    MAY_USE.put("data", Set.of());
    MAY_USE.put("storage", Set.of());
    MAY_USE.put("telemetry", Set.of("storage"));
    MAY_USE.put("metrics", Set.of());
    MAY_USE.put("graph", Set.of());
    MAY_USE.put("nets", Set.of("graph"));
    MAY_USE.put("losses", Set.of("graph"));
    MAY_USE.put("regularizers", Set.of("graph"));
    MAY_USE.put("augmentations", Set.of("graph"));
    MAY_USE.put("optimizers", Set.of("graph"));
    MAY_USE.put("checkpoints", Set.of("graph", "storage"));
    MAY_USE.put("inference", Set.of("graph", "nets", "telemetry", "storage"));
    MAY_USE.put(
        "training",
        Set.of("graph", "nets", "losses", "regularizers", "augmentations", "optimizers", "data"));
    MAY_USE.put(
        "evaluation",
        Set.of(
            "metrics",
            "data",
            "inference",
            "graph",
            "nets",
            "losses",
            "optimizers",
            "telemetry",
            "storage",
            "training"));
    MAY_USE.put("experiment", Set.copyOf(MAY_USE.keySet()));
    MAY_USE.put(
        "theory",
        Set.of("graph", "nets", "losses", "regularizers", "optimizers", "data", "metrics"));
    MAY_USE.put("cli", Set.copyOf(MAY_USE.keySet()));
  }

  private static final Set<String> WITHOUT_TENSORFLOW =
      Set.of("data", "storage", "telemetry", "metrics");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.sparring");

  @Test
  void everyRoomIsInTheTable() {
    Set<String> found = new TreeSet<>();
    CLASSES.forEach(c -> found.add(room(c)));
    assertEquals(new TreeSet<>(MAY_USE.keySet()), found);
  }

  @Test
  void roomsUseOnlyTheRoomsTheTableAllows() {
    List<String> forbidden =
        CLASSES.stream()
            .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
            .filter(d -> d.getTargetClass().getPackageName().startsWith(ROOT))
            .filter(d -> !allowed(d))
            .map(Dependency::getDescription)
            .distinct()
            .toList();
    assertTrue(forbidden.isEmpty(), () -> String.join("\n", forbidden));
  }

  @Test
  void dataStorageTelemetryAndMetricsKnowNothingOfTensorFlow() {
    List<String> forbidden =
        CLASSES.stream()
            .filter(c -> WITHOUT_TENSORFLOW.contains(room(c)))
            .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
            .filter(d -> d.getTargetClass().getPackageName().startsWith("org.tensorflow"))
            .map(Dependency::getDescription)
            .toList();
    assertTrue(forbidden.isEmpty(), () -> String.join("\n", forbidden));
  }

  @Test
  void thereIsNoCycleBetweenRooms() {
    slices().matching("org.sparring.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  private static boolean allowed(Dependency d) {
    String from = room(d.getOriginClass());
    String to = room(d.getTargetClass());
    return from.equals(to) || MAY_USE.getOrDefault(from, Set.of()).contains(to);
  }

  private static String room(JavaClass c) {
    String below = c.getPackageName().substring(ROOT.length());
    int dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }
}
