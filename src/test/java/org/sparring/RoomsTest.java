package org.sparring;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of rooms in docs/architecture.md lists every package and every allowed dependency. */
class RoomsTest {
  private static final String ROOT = "org.sparring.";
  private static final String BENCHMARKS = "benchmarks.";
  private static final Pattern ROW =
      Pattern.compile("\\| `(?<room>[\\w.]+)` \\|[^|]*\\| (?<uses>[^|]*) \\|");
  private static final Set<String> ROOTS = Set.of("src/main/java", "benchmarks/java");

  private static final Map<String, Set<String>> MAY_USE = table();

  private static final Set<String> WITHOUT_TENSORFLOW =
      Set.of(
          "errors",
          "pictures",
          "data",
          "archives",
          "folders",
          "records",
          "datasets",
          "storage",
          "telemetry",
          "metrics",
          "alarms");

  /** Longest room: a reader should see a room at a glance. */
  private static final int MOST_FILES = 30;

  /** The engine and its benchmarks, without tests and generated classes. */
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importPackages("org.sparring")
          .that(describe("ours", RoomsTest::isOurs));

  @Test
  void theTableListsEveryRoom() {
    Set<String> found = new TreeSet<>();
    CLASSES.stream().map(RoomsTest::room).filter(r -> !r.isEmpty()).forEach(found::add);
    assertEquals(new TreeSet<>(MAY_USE.keySet()), found);
  }

  /** Neither more nor less: an arrow that nobody uses is one that nobody meant. */
  @Test
  void theTableListsExactlyTheDependenciesThereAre() {
    Map<String, Set<String>> found = new TreeMap<>();
    MAY_USE.keySet().forEach(room -> found.put(room, new TreeSet<>()));
    CLASSES.stream()
        .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
        .filter(RoomsTest::leavesARoom)
        .forEach(d -> found.get(room(d.getOriginClass())).add(room(d.getTargetClass())));
    Map<String, Set<String>> listed = new TreeMap<>();
    MAY_USE.forEach((room, uses) -> listed.put(room, new TreeSet<>(uses)));
    assertEquals(lines(listed), lines(found));
  }

  @Test
  void aRoomUsesOnlyRoomsAboveIt() {
    Set<String> above = new LinkedHashSet<>();
    MAY_USE.forEach(
        (room, uses) -> {
          assertTrue(above.containsAll(uses), room + " uses " + uses + ", above it are " + above);
          above.add(room);
        });
  }

  @Test
  void thereIsNoCycleBetweenRooms() {
    slices().matching("org.sparring.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void dataAndStatisticsDoNotUseTensorFlow() {
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
  void noRoomHasMoreFilesThanAReaderCanSee() {
    Map<Path, Long> files =
        sources().collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
    files.forEach((room, count) -> assertTrue(count <= MOST_FILES, room + ": " + count));
  }

  @Test
  void noTwoTypesHaveTheSameName() {
    Map<String, List<Path>> byName =
        sources()
            .filter(p -> !p.endsWith("package-info.java"))
            .collect(Collectors.groupingBy(p -> p.getFileName().toString()));
    List<List<Path>> shared = byName.values().stream().filter(l -> l.size() > 1).toList();
    assertEquals(List.of(), shared);
  }

  private static Stream<Path> sources() {
    return ROOTS.stream().map(Path::of).flatMap(RoomsTest::files);
  }

  private static boolean isOurs(JavaClass c) {
    String file = c.getName().replaceFirst("\\$.*", "").replace('.', '/') + ".java";
    return ROOTS.stream().anyMatch(root -> Files.exists(Path.of(root, file)));
  }

  private static Stream<Path> files(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(p -> p.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Set<String>> table() {
    Map<String, Set<String>> table = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(Path.of("docs/architecture.md"))) {
        Matcher row = ROW.matcher(line);
        if (row.matches()) {
          table.put(row.group("room"), rooms(row.group("uses")));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table;
  }

  private static Set<String> rooms(String cell) {
    return cell.equals("–") ? Set.of() : Set.of(cell.split(", "));
  }

  private static String lines(Map<String, Set<String>> rooms) {
    return rooms.entrySet().stream()
        .map(e -> e.getKey() + " | " + String.join(", ", e.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static boolean leavesARoom(Dependency d) {
    return d.getTargetClass().getPackageName().startsWith(ROOT)
        && !room(d.getOriginClass()).equals(room(d.getTargetClass()))
        && !room(d.getOriginClass()).isEmpty();
  }

  /** The package below the root, or below the benchmarks; empty in the root itself. */
  private static String room(JavaClass c) {
    if (!c.getPackageName().startsWith(ROOT)) {
      return "";
    }
    String below = c.getPackageName().substring(ROOT.length());
    int end = below.indexOf('.', below.startsWith(BENCHMARKS) ? BENCHMARKS.length() : 0);
    return end < 0 ? below : below.substring(0, end);
  }
}
