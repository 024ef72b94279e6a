package org.sparring.folders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.Messages.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.archives.Archives;
import org.sparring.data.ImageOptions;
import org.sparring.data.Split;
import org.sparring.datasets.DataCheck;
import org.sparring.datasets.DataReport;
import org.sparring.datasets.ImageSources;

/** What of a folder is trained on, and what is held out. */
class PartsTest {
  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(strings = {"test", "val", "valid", "validation", "Test"})
  void foldersTrainAndTestAreParts(String test) throws IOException {
    Map<String, byte[]> files =
        Folders.images("train/bird/x.png", "train/cat/x.png", test + "/cat/y.png");
    Path folder = Folders.write(root.resolve("set"), files);
    Path archive = root.resolve("set.zip");
    Archives.zip(archive, files);
    FolderSource alone = FolderSource.open(folder.resolve("train"), 2, 3);
    for (Path place : List.of(folder, archive)) {
      FolderSource train = open(place, Split.TRAIN, 0);
      FolderSource held = open(place, Split.TEST, 0);
      assertEquals(List.of(2, 1), List.of(train.size(), held.size()));
      assertEquals(List.of("bird", "cat"), held.labelNames());
      assertEquals(1, held.label(0), "of the same number as in the other part");
      assertEquals(alone.contentHash(), train.contentHash());
      assertArrayEquals(held.pixels(), train.heldOut().orElseThrow().pixels());
      assertFalse(train.isWhole());
      assertEquals("2 images to train on, 1 held out, 2 classes: bird, cat", train.summary());
      assertTrue(train.name().endsWith(" train"), train.name());
    }
  }

  @Test
  void trainingAndTestingAreParts() throws IOException {
    FolderSource train =
        open(folder("training/0/a.png", "training/1/b.png", "testing/1/c.png"), Split.TRAIN, 0);
    assertEquals("2 images to train on, 1 held out, 2 classes: 0, 1", train.summary());
    FolderSource both = open(folder("train/a.png", "training/b.png", "test/c.png"), Split.TRAIN, 0);
    assertEquals("3 images, 3 classes: test, train, training", both.summary());
  }

  /** As competitions hand them out: the classes of the test are a secret. */
  @Test
  void heldOutImagesMayBeOfNoClass() throws IOException {
    Path folder = folder("train/cat/a.png", "train/dog/b.png", "test/1.png", "test/2.png");
    FolderSource train = open(folder, Split.TRAIN, 0);
    assertEquals(
        "2 images to train on, 2 held out without classes, 2 classes: cat, dog", train.summary());
    assertEquals(List.of(0, 1), List.of(train.label(0), train.label(1)));
    FolderSource held = train.heldOut().orElseThrow();
    assertEquals(List.of(0, -1), List.of(held.classes(), held.label(0)));
    assertEquals("images of no class", held.unlabelled());
    assertEquals(
        "2 images held out without classes, 2 to train on, 2 classes: cat, dog", held.summary());
    DataReport report = DataCheck.of("folder:" + folder, 2, 3, 0);
    assertTrue(report.trainable());
    assertEquals(Map.of("cat", 1, "dog", 1), report.classes());

    Map<String, byte[]> files = Folders.images("train/a.png", "train/b.png", "test/c.png");
    files.put("labels.csv", "file,label\ntrain/a.png,cat\ntrain/b.png,dog\n".getBytes("UTF-8"));
    FolderSource table = open(Folders.write(root.resolve("table"), files), Split.TRAIN, 0);
    assertEquals(
        "2 images to train on, 1 held out without classes, 2 classes: cat, dog", table.summary());
  }

  @Test
  void anImageBesideClassFoldersOfAPartIsNamedByItsWholePath() throws IOException {
    String[] stray = {"train/cat/a.png", "train/dog/b.png", "test/cat/c.png", "test/d.png"};
    assertEquals(
        "1 image: test/d.png next to class folders",
        open(folder(stray), Split.TRAIN, 0).unlabelled());
    String[] flat = {"train/cat/a.png", "train/dog/b.png", "train/c.png", "test/d.png"};
    assertEquals(
        "2 images, such as test/d.png next to class folders",
        open(folder(flat), Split.TRAIN, 0).unlabelled());
  }

  @Test
  void aClassWithoutAnImageToTrainOnIsSaid() throws IOException {
    FolderSource held =
        open(folder("train/cat/a.png", "train/dog/b.png", "test/owl/c.png"), Split.TRAIN, 0);
    assertEquals(
        "2 images to train on, 1 held out, 3 classes: cat, dog, owl;"
            + " no image to train on of class owl",
        held.summary());
    Map<String, byte[]> files = Folders.images("cat/a.png");
    files.put("dog/b.png", new byte[1]);
    files.put("owl/c.png", new byte[2]);
    FolderSource bad =
        FolderSource.open(
            Folders.write(root.resolve("lost"), files),
            2,
            3,
            Split.TRAIN,
            new ImageOptions(true, 0));
    assertEquals(
        "1 image, 3 classes: cat, dog, owl; no image to train on of 2 classes: dog, owl;"
            + " 2 skipped: 2 bad (dog/b.png, owl/c.png)",
        bad.summary());
  }

  @Test
  void partsInTheOneFolderOfAnArchiveCount() throws IOException {
    Path archive = root.resolve("set.tar.gz");
    Archives.tarGz(archive, Folders.images("set/train/x.png", "set/val/y.png", "set/test/z.png"));
    FolderSource train = open(archive, Split.TRAIN, 0);
    assertEquals("1 image to train on, 1 held out; 1 in val/ unused", train.summary());
    assertEquals(List.of(), train.labelNames());
  }

  @Test
  void tablesOfPartsAreLaidTogether() throws IOException {
    Map<String, byte[]> files = Folders.images("train/x.png", "test/y.png");
    files.put("train/labels.csv", "file,label\nx.png,cat\n".getBytes("UTF-8"));
    files.put("test/labels.csv", "file,label\ny.png,dog\n".getBytes("UTF-8"));
    FolderSource held = open(Folders.write(root.resolve("set"), files), Split.TEST, 0);
    assertEquals(List.of("cat", "dog"), held.labelNames());
    assertEquals(1, held.label(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "test", "trains"})
  void oneFolderOrAnImageBesideMakesNoParts(String second) throws IOException {
    String[] names =
        second.equals("test")
            ? new String[] {"train/x.png", "test/y.png", "z.png"}
            : new String[] {"train/x.png", second + "/y.png"};
    FolderSource source = open(folder(names), Split.TEST, 0);
    assertTrue(source.isWhole());
    assertEquals(names.length, source.size());
    assertEquals(Optional.empty(), source.heldOut());
  }

  @Test
  void aShareIsHeldOutByName() throws IOException {
    String[] names =
        IntStream.range(0, 400).mapToObj(i -> "a/" + i + ".png").toArray(String[]::new);
    Path folder = folder(names);
    Set<String> before = names(open(folder, Split.TEST, 0.1));
    assertEquals(40, before.size(), 15);
    Set<String> all = names(open(folder, Split.TRAIN, 0.1));
    assertFalse(all.removeAll(before));
    all.addAll(before);
    assertEquals(Set.of(names), all);
    Folders.write(folder, Folders.images("a/new.png", "a/newer.png"));
    Set<String> after = names(open(folder, Split.TEST, 0.1));
    after.removeAll(List.of("a/new.png", "a/newer.png"));
    assertEquals(before, after, "further images move no others");
    assertTrue(names(open(folder, Split.TEST, 0.2)).containsAll(before));
  }

  @Test
  void theContentIsThatOfThePart() throws IOException {
    Path folder = folder("a.png", "b.png", "c.png", "d.png", "e.png", "f.png");
    String whole = open(folder, Split.TRAIN, 0).contentHash();
    assertEquals(whole, open(folder, Split.TEST, 0).contentHash());
    assertNotEquals(whole, open(folder, Split.TRAIN, 0.5).contentHash());
  }

  @Test
  void aShareThatCannotBeHeldOutIsRefused() throws IOException {
    Path parts = folder("train/a.png", "test/a.png");
    assertRefused(() -> open(parts, Split.TRAIN, 0.1), "data.held_out 0", "[train/, test/]");
    Path one = folder("a.png");
    assertRefused(() -> open(one, Split.TRAIN, 0.5), "hold out a share of 0.5", "of 1");
    assertRefused(() -> new ImageOptions(false, 1.5), "from 0 to below 1");
    assertRefused(
        () -> ImageSources.open("glyphs", 0, 0, 1, Split.TRAIN, new ImageOptions(false, 0.1)),
        "glyphs",
        "held out of folders only");
  }

  @Test
  void badImagesAreLeftOutOnRequest() throws IOException {
    Map<String, byte[]> files = Folders.images("cat/a.png", "dog/b.png");
    Path good = Folders.write(root.resolve("good"), files);
    files.put("cat/bad.png", new byte[3]);
    files.put("dog/worse.png", new byte[0]);
    Path folder = Folders.write(root.resolve("bad"), files);
    Path archive = root.resolve("bad.zip");
    Archives.zip(archive, files);
    ImageOptions skip = new ImageOptions(true, 0);
    for (Path place : List.of(folder, archive)) {
      FolderSource source = FolderSource.open(place, 2, 3, Split.TRAIN, skip);
      assertEquals(FolderSource.open(good, 2, 3).contentHash(), source.contentHash());
      assertEquals(2 * 12, source.pixels().length);
      assertEquals(
          "2 images, 2 classes: cat, dog; 2 skipped: 2 bad (cat/bad.png, dog/worse.png)",
          source.summary());
    }
    Path none = Folders.write(root.resolve("none"), Map.of("a.png", new byte[1]));
    assertRefused(
        () -> FolderSource.open(none, 2, 3, Split.TRAIN, skip), "none", "found none of 1");
  }

  private FolderSource open(Path place, Split split, double share) {
    return FolderSource.open(place, 2, 3, split, new ImageOptions(false, share));
  }

  private Path folder(String... names) throws IOException {
    Path folder = Files.createTempDirectory(root, "set");
    return Folders.write(folder, Folders.images(names));
  }

  private static Set<String> names(FolderSource source) {
    return source.files().orElseThrow().stream()
        .map(path -> path.getParent().getFileName() + "/" + path.getFileName())
        .collect(Collectors.toCollection(HashSet::new));
  }
}
