package org.sparring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files, methods and lists of parameters stay small enough to be read at once. */
class SizesTest {
  private static final int MOST_LINES = 300;
  private static final int LONGEST_METHOD = 45;
  private static final int LONGEST_MEDIAN = 5;
  private static final int MOST_PARAMETERS = 6;
  private static final int MOST_COMPONENTS = 9;

  /** The root of a recipe lists its groups of keys. */
  private static final String ROOT_RECIPE = "Recipe";

  private static final String TESTS = "src/test/java";

  private static final List<String> FOUND = new ArrayList<>();
  private static final List<Integer> METHODS = new ArrayList<>();

  @BeforeAll
  static void scan() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources()));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new Sizes(unit, positions).scan(unit, null);
      }
    }
  }

  @Test
  void noFileMethodOrListOfParametersIsTooLong() throws IOException {
    for (Path source : sources()) {
      long lines = Files.readAllLines(source).size();
      if (lines > MOST_LINES) {
        FOUND.add(source + ": " + lines + " lines");
      }
    }
    assertEquals(List.of(), FOUND);
  }

  @Test
  void theMedianMethodHasFiveLinesOrFewer() {
    List<Integer> sorted = METHODS.stream().sorted().toList();
    assertTrue(
        sorted.get(sorted.size() / 2) <= LONGEST_MEDIAN, "median " + sorted.get(sorted.size() / 2));
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String root : List.of("src/main/java", "benchmarks/java", TESTS)) {
      try (Stream<Path> all = Files.walk(Path.of(root))) {
        all.filter(p -> p.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }

  private static final class Sizes extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final LineMap lines;
    private final Map<ClassTree, Long> components = new HashMap<>();
    private ClassTree type;

    Sizes(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
      lines = unit.getLineMap();
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (type.getKind() == Tree.Kind.RECORD) {
        long components =
            type.getMembers().stream()
                .filter(
                    m ->
                        m instanceof VariableTree v
                            && !v.getModifiers().getFlags().contains(Modifier.STATIC))
                .count();
        this.components.put(type, components);
        if (components > MOST_COMPONENTS && !type.getSimpleName().contentEquals(ROOT_RECIPE)) {
          FOUND.add(name(type.getSimpleName().toString()) + ": " + components + " components");
        }
      }
      ClassTree outer = this.type;
      this.type = type;
      super.visitClass(type, unused);
      this.type = outer;
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      String name = name(method.getName().toString());
      if (method.getBody() != null && positions.getStartPosition(unit, method.getBody()) >= 0) {
        int length = length(method.getBody());
        if (!unit.getSourceFile().getName().contains(TESTS)) {
          METHODS.add(length);
        }
        if (length > LONGEST_METHOD) {
          FOUND.add(name + ": " + length + " lines");
        }
      }
      if (method.getParameters().size() > MOST_PARAMETERS && !repeatsComponents(method)) {
        FOUND.add(name + ": " + method.getParameters().size() + " parameters");
      }
      return super.visitMethod(method, unused);
    }

    /** The canonical constructor of a record repeats its components, which are counted there. */
    private boolean repeatsComponents(MethodTree method) {
      return method.getName().contentEquals("<init>")
          && method.getParameters().size() == components.getOrDefault(type, -1L);
    }

    /** Lines from the first to the last of a body. */
    private int length(Tree body) {
      long first = lines.getLineNumber(positions.getStartPosition(unit, body));
      long last = lines.getLineNumber(positions.getEndPosition(unit, body));
      return Math.toIntExact(Math.max(1, last - first - 1));
    }

    private String name(String member) {
      return unit.getSourceFile().getName().replaceFirst(".*/sparring/", "") + " " + member;
    }
  }
}
