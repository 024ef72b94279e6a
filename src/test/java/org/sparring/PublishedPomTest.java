package org.sparring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The poms that the build publishes; docs/decisions/0024 says why they are as they are. */
class PublishedPomTest {
  private static final Path TARGET = Path.of("target");
  private static final Path LIBRARY = TARGET.resolve("sparring.pom");
  private static final Path TRAINING = TARGET.resolve("artifacts/sparring-training.pom");
  private static final Path GPU = TARGET.resolve("artifacts/sparring-gpu.pom");
  private static final Set<String> COMMAND_LINE = Set.of("log4j-core", "picocli", "slf4j-nop");

  @Test
  void loadingAModelNeedsFourDependencies() throws Exception {
    assertEquals(
        Set.of("protobuf-java", "tensorflow-core-api", "log4j-api", "jna"),
        artifacts(dependencies(LIBRARY).filter(dependency -> !isOptional(dependency))));
  }

  @Test
  void nativesAreNotThoseOfTheMachineThatBuilt() throws Exception {
    assertEquals(
        List.of(""),
        dependencies(LIBRARY)
            .map(dependency -> text(dependency, "classifier"))
            .distinct()
            .toList());
  }

  @Test
  void trainingNeedsAllOthersExceptThoseOfTheCommandLine() throws Exception {
    Set<String> expected =
        new TreeSet<>(artifacts(dependencies(LIBRARY).filter(PublishedPomTest::isOptional)));
    assertTrue(expected.removeAll(COMMAND_LINE));
    expected.addAll(List.of("sparring", "protobuf-java"));
    assertEquals(expected, artifacts(dependencies(TRAINING)));
  }

  @Test
  void versionsAndExclusionsOfTrainingAreThoseOfTheBuild() throws Exception {
    Set<String> built =
        dependencies(LIBRARY).map(PublishedPomTest::key).collect(Collectors.toSet());
    for (Element dependency : dependencies(TRAINING).toList()) {
      boolean own = text(dependency, "artifactId").equals("sparring");
      assertTrue(own || built.contains(key(dependency)), key(dependency));
    }
  }

  @Test
  void theGpuIsADependency() throws Exception {
    assertEquals(
        List.of("sparring:", "tensorflow-core-native:linux-x86_64-gpu", "cuda:linux-x86_64-redist"),
        dependencies(GPU)
            .map(each -> text(each, "artifactId") + ":" + text(each, "classifier"))
            .toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sparring.pom", "artifacts/sparring-training.pom", "artifacts/sparring-gpu.pom"})
  void hasWhatMavenCentralRequiresAndNoVariables(String file) throws Exception {
    String pom = Files.readString(TARGET.resolve(file));
    assertFalse(pom.contains("${"), file);
    assertFalse(pom.contains("<profile>"), file);
    assertFalse(pom.contains("<repository>"), file);
    Element project = parse(TARGET.resolve(file)).getDocumentElement();
    for (String element : List.of("name", "description", "url")) {
      assertFalse(text(project, element).isBlank(), file + ": " + element);
    }
    for (String element : List.of("license", "developer", "scm", "connection")) {
      assertTrue(project.getElementsByTagName(element).getLength() > 0, file + ": " + element);
    }
  }

  /** {@code .ci/consumers} builds an application with these lines. */
  @Test
  void dependenciesInReadmeAreThoseThatAreTried() throws Exception {
    String tried =
        Files.readString(Path.of("src/test/consumers/model/build.gradle"))
            .replace("$sparring", text(parse(LIBRARY).getDocumentElement(), "version"))
            .replace("$tensorflow", version("tensorflow-core-api"))
            .replace("$natives", "linux-x86_64");
    List<String> lines =
        Files.readAllLines(Path.of("README.md")).stream()
            .filter(line -> line.matches("(implementation|runtimeOnly) .*"))
            .map(line -> line.replaceFirst(" //.*", ""))
            .toList();
    assertEquals(2, lines.size());
    for (String line : lines) {
      assertTrue(tried.contains("  " + line + "\n"), line);
    }
  }

  private static String version(String artifact) throws Exception {
    return dependencies(LIBRARY)
        .filter(each -> text(each, "artifactId").equals(artifact))
        .map(each -> text(each, "version"))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> artifacts(Stream<Element> dependencies) {
    return dependencies.map(each -> text(each, "artifactId")).collect(Collectors.toSet());
  }

  private static boolean isOptional(Element dependency) {
    return text(dependency, "optional").equals("true");
  }

  private static String key(Element dependency) {
    NodeList exclusions = dependency.getElementsByTagName("exclusion");
    return text(dependency, "groupId")
        + ":"
        + text(dependency, "artifactId")
        + ":"
        + text(dependency, "version")
        + IntStream.range(0, exclusions.getLength())
            .mapToObj(i -> " without " + text((Element) exclusions.item(i), "artifactId"))
            .collect(Collectors.joining());
  }

  private static Stream<Element> dependencies(Path pom) throws Exception {
    NodeList found = parse(pom).getElementsByTagName("dependency");
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
  }

  private static Document parse(Path pom) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
  }

  /** Of a child, empty where there is none. */
  private static String text(Element parent, String child) {
    NodeList children = parent.getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      if (children.item(i).getNodeName().equals(child)) {
        return children.item(i).getTextContent().strip();
      }
    }
    return "";
  }
}
