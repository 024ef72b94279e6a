package org.sparring.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.Messages.assertRefused;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.archives.Archives;
import org.sparring.data.Dataset;
import org.sparring.data.ImageOptions;
import org.sparring.data.Split;
import org.sparring.datasets.DataSources;
import org.sparring.pictures.Fit;

/** Groups of images that are held out as a whole, of folders and of two domains. */
class GroupsTest {
  private static final String STEM = "/^([^-.]+)/";

  @TempDir private Path root;

  @Test
  void aNumberOfImagesIsHeldOut() throws IOException {
    Path folder = folder(names("", 20));
    FolderSource train = open(folder, 5, "");
    assertEquals(List.of(15, 5), List.of(train.size(), held(train).size()));
    Set<String> five = stems(held(train));
    assertTrue(stems(held(open(folder, 7, ""))).containsAll(five), "the first ones stay");
    assertRefused(() -> open(folder, 20, ""), "some and hold out 20", "0 to train on, 20 held out");
    assertRefused(() -> new ImageOptions(false, 1.5), "or a whole number", "found 1.5");
    assertRefused(() -> new ImageOptions(false, -1), "found -1.0");
  }

  @Test
  void aRegularExpressionMakesGroups() throws IOException {
    Path folder = folder(names("-light", 9), names("-dark", 9), names("", 9));
    FolderSource train = open(folder, 3, STEM);
    assertEquals(List.of(18, 9), List.of(train.size(), held(train).size()));
    assertEquals(3, stems(held(train)).size());
    assertEquals(6, stems(train).size(), "no group is on both sides");
    FolderSource share = open(folder, 0.4, STEM);
    assertEquals(27, share.size() + held(share).size());
    assertEquals(9, stems(share).size() + stems(held(share)).size());
  }

  @Test
  void anExpressionThatIsOfNoUseIsRefused() throws IOException {
    Path folder = folder(names("", 3));
    assertRefused(() -> open(folder, 1, "/(z+)/"), "/(z+)/ to match the name", "0.png, 1.png");
    assertRefused(() -> open(folder, 1, "/[0-9]/"), "its first group", "without a group");
    assertRefused(() -> open(folder, 1, "/(/"), "a regular expression", "Unclosed group");
  }

  @Test
  void aColumnMakesGroupsOfAFolder() throws IOException {
    Map<String, byte[]> files = Folders.images("a/x.png", "a/y.png", "b/x.png", "b/y.png");
    files.put("groups.csv", csv("name,who\nx.png,ann\ny.png,ben\n"));
    Path archive = root.resolve("set.tar");
    Archives.tar(archive, files);
    FolderSource train = open(archive, 1, "who");
    assertEquals(List.of(2, 2), List.of(train.size(), held(train).size()));
    assertRefused(
        () -> open(archive, 1, "whom"),
        "the column whom",
        "columns name, who",
        "Did you mean who?");
    files.put("groups.csv", csv("file,who\na/x.png,ann\n"));
    Path rows = Folders.write(root.resolve("rows"), files);
    assertRefused(() -> open(rows, 1, "who"), "a row for every image", "none for a/y.png, b/y.png");
    Path none = folder(names("", 3));
    assertRefused(() -> open(none, 1, "who"), "the column who", "no CSV file", "/^([^-.]+)/");
  }

  @Test
  void domainsAreTwoDataSetsOfAnySize() throws IOException {
    Path folder = folder(new String[] {"a/1.png", "a/2.png", "b/x/3.png"});
    Map<String, Dataset> domains = domains(folder + "#a,b", ImageOptions.DEFAULT);
    assertEquals(List.of("a", "b"), List.copyOf(domains.keySet()));
    assertEquals(List.of(2, 1), domains.values().stream().map(Dataset::size).toList());
    assertTrue(domains.get("a").heldOut().isEmpty());
    Map<String, Dataset> apart = domains(folder + "/a," + folder + "/b", ImageOptions.DEFAULT);
    assertEquals(domains.get("b").contentHash(), apart.get("b").contentHash());
    Path empty = Files.createDirectory(root.resolve("empty"));
    assertRefused(
        () -> domains(folder + "/a," + empty, ImageOptions.DEFAULT),
        empty + "",
        "at least one image",
        "found none");
    assertRefused(
        () -> domains(folder + "#a,c", ImageOptions.DEFAULT), "the folder c/", "folders a/, b/");
  }

  @Test
  void theSameGroupsAreHeldOutOfBothDomains() throws IOException {
    Path folder = folder(under("a", names("-1", 30)), under("b", names("-2", 20)));
    Map<String, Dataset> domains =
        domains(folder + "#a,b", new ImageOptions(false, 10, true, STEM));
    Set<String> ofA = stems(domains.get("a"));
    Set<String> ofB = stems(domains.get("b"));
    Set<String> heldOfA = stems(held(domains.get("a")));
    Set<String> heldOfB = stems(held(domains.get("b")));
    assertEquals(10, heldOfA.size());
    assertTrue(heldOfA.containsAll(heldOfB) && !heldOfB.isEmpty());
    assertTrue(Stream.concat(ofA.stream(), ofB.stream()).noneMatch(heldOfA::contains));
  }

  private Path folder(String[]... names) throws IOException {
    String[] all = Stream.of(names).flatMap(Stream::of).toArray(String[]::new);
    return Folders.write(Files.createTempDirectory(root, "set"), Folders.images(all));
  }

  private static String[] names(String end, int count) {
    return IntStream.range(0, count).mapToObj(i -> i + end + ".png").toArray(String[]::new);
  }

  private static String[] under(String folder, String[] names) {
    return Stream.of(names).map(name -> folder + "/" + name).toArray(String[]::new);
  }

  private static FolderSource open(Path place, double heldOut, String groupBy) {
    ImageOptions options = new ImageOptions(false, heldOut, true, groupBy);
    return FolderSource.open(place, 2, 3, Split.TRAIN, options);
  }

  private static Map<String, Dataset> domains(String places, ImageOptions options) {
    return DataSources.open("domains:" + places, new Fit(2, 3), 1, Split.TRAIN, options);
  }

  private static Dataset held(Dataset train) {
    return train.heldOut().orElseThrow();
  }

  /** The names of the files of a data set up to a hyphen or dot. */
  private static Set<String> stems(Dataset images) {
    return images.files().orElseThrow().stream()
        .map(file -> file.getFileName().toString().replaceFirst("[-.].*", ""))
        .collect(Collectors.toSet());
  }

  private static byte[] csv(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
