package org.sparring.archives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.Messages.assertRefused;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.data.ClassNames;
import org.sparring.data.ImageOptions;
import org.sparring.data.Split;
import org.sparring.datasets.DataCheck;
import org.sparring.datasets.DataReport;
import org.sparring.folders.FolderSource;
import org.sparring.folders.Folders;
import org.sparring.pictures.Images;

/** Names, links and ends of archives as they are made elsewhere. */
class ArchiveTest {
  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource({
    "IBM437, Bär, größe",
    "IBM437, Mädchen, schön",
    "windows-31j, 猫の写真, 犬",
    "UTF-8, Bär, 犬"
  })
  void namesOfAZipWithoutAFlagAreRead(String charset, String first, String second)
      throws IOException {
    Path zip = zip(charset, false, first + "/x.png", second + "/y.png");
    assertEquals(
        ClassNames.sorted(List.of(first, second)), FolderSource.open(zip, 2, 3).labelNames());
  }

  @Test
  void aUnicodeNameInAnExtraFieldIsThatOfTheEntry() throws IOException {
    Path zip = zip("IBM437", true, "猫/x.png", "犬/y.png");
    assertEquals(List.of("犬", "猫"), FolderSource.open(zip, 2, 3).labelNames());
  }

  @Test
  void aBackslashInAZipSeparatesFolders() throws IOException {
    Path zip = zip("UTF-8", false, "cat\\x.png", "dog\\y.png");
    assertEquals(List.of("cat", "dog"), FolderSource.open(zip, 2, 3).labelNames());
  }

  @Test
  void aDamagedEntryOfAZipIsFound() throws IOException {
    Path zip = zip("UTF-8", false, "a.png");
    byte[] bytes = Files.readAllBytes(zip);
    // a stored entry: the name and then its bytes
    bytes[60] ^= 1;
    Files.write(zip, bytes);
    assertRefused(
        () -> FolderSource.open(zip, 2, 3), zip + "!a.png: expected an intact entry", "Checksum");
  }

  /** The name that an entry begins with, and a byte of its image. */
  private static void damage(Path zip, String... names) throws IOException {
    byte[] bytes = Files.readAllBytes(zip);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (String name : names) {
      bytes[text.indexOf(name) + name.length() + 30] ^= 1;
    }
    Files.write(zip, bytes);
  }

  @Test
  void damagedEntriesOfAZipAreNamedAndLeftOutOnRequest() throws IOException {
    Path zip = zip("UTF-8", false, "a.png", "b.png", "c.png", "d.png");
    damage(zip, "a.png", "c.png");
    DataReport report = DataCheck.of("folder:" + zip, 2, 3, 0);
    assertEquals(
        List.of("a.png", "c.png"),
        report.findings().faults().stream().map(DataReport.Fault::file).toList());
    assertTrue(
        report.findings().faults().get(0).found().contains("Checksum"),
        report.findings().faults() + "");
    assertEquals(Map.of("train", 2), report.parts());
    FolderSource rest = FolderSource.open(zip, 2, 3, Split.TRAIN, new ImageOptions(true, 0));
    assertEquals("2 images; 2 skipped: 2 bad (a.png, c.png)", rest.summary());
  }

  @Test
  void aDamagedTableOfAZipIsNamed() throws IOException {
    Path zip = zip("UTF-8", false, "a.png", "labels.csv");
    damage(zip, "labels.csv");
    assertRefused(
        () -> FolderSource.open(zip, 2, 3), zip + "!labels.csv: expected an intact entry");
  }

  @Test
  void linksInATarAreTheFilesThatTheyName() throws IOException {
    Path tar = root.resolve("linked.tar");
    byte[] image = Images.noise(3, 3, 1);
    try (TarArchiveOutputStream out = tar(tar)) {
      link(out, "dog/soft.png", "../cat/x.png", TarConstants.LF_SYMLINK);
      link(out, "dog/chain.png", "soft.png", TarConstants.LF_SYMLINK);
      file(out, "./cat/x.png", image);
      link(out, "dog/hard.png", "cat/x.png", TarConstants.LF_LINK);
      link(out, "dog/gone.png", "nowhere.png", TarConstants.LF_SYMLINK);
      link(out, "dog/circle.png", "circle.png", TarConstants.LF_SYMLINK);
    }
    FolderSource linked = FolderSource.open(tar, 2, 3);
    assertEquals("4 images, 2 classes: cat, dog; 2 skipped: 2 links", linked.summary());
    Path folder =
        Folders.write(
            root.resolve("unpacked"),
            Map.of(
                "cat/x.png", image,
                "dog/soft.png", image,
                "dog/chain.png", image,
                "dog/hard.png", image));
    assertEquals(FolderSource.open(folder, 2, 3).contentHash(), linked.contentHash());
  }

  @Test
  void symbolicLinksOfAZipAreTheFilesThatTheyName() throws IOException {
    Path path = root.resolve("linked.zip");
    byte[] image = Images.noise(3, 3, 1);
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(path)) {
      for (String name : List.of("cat/x.png", "dog/y.png", "dog/gone.png")) {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        boolean link = name.startsWith("dog");
        entry.setUnixMode(link ? 0120777 : 0100644);
        zip.putArchiveEntry(entry);
        String target = name.endsWith("y.png") ? "../cat/x.png" : "nowhere";
        zip.write(link ? target.getBytes(StandardCharsets.UTF_8) : image);
        zip.closeArchiveEntry();
      }
    }
    FolderSource linked = FolderSource.open(path, 2, 3);
    assertEquals("2 images, 2 classes: cat, dog; 1 skipped: 1 link", linked.summary());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut.tar", "cut.tar.gz"})
  void aTarThatIsCutBetweenEntriesIsRefused(String name) throws IOException {
    Path whole = root.resolve("whole.tar");
    Archives.tar(whole, Folders.images("a.png", "b.png", "c.png"));
    byte[] bytes = Files.readAllBytes(whole);
    int end = bytes.length;
    while (bytes[end - 1] == 0) {
      end--;
    }
    byte[] cut = Arrays.copyOf(bytes, (end + 511) / 512 * 512);
    Path tar = root.resolve(name);
    Files.write(tar, name.endsWith("gz") ? gzip(cut) : cut);
    assertRefused(() -> FolderSource.open(tar, 2, 3), name, "an intact archive", "cut short");
  }

  @Test
  void aNameOfATarIsUtf8OrLatin1() throws IOException {
    Path tar = root.resolve("names.tar");
    try (TarArchiveOutputStream out =
        new TarArchiveOutputStream(Files.newOutputStream(tar), "ISO-8859-1")) {
      file(out, "b\u00e4r/x.png", Images.noise(3, 3, 1));
      file(out, "l\u00c3\u00b6we/x.png", Images.noise(3, 3, 1));
    }
    assertEquals(List.of("bär", "löwe"), FolderSource.open(tar, 2, 3).labelNames());
  }

  @Test
  void devicesAndPipesOfATarAreNoImages() throws IOException {
    Path tar = root.resolve("pipes.tar");
    try (TarArchiveOutputStream out = tar(tar)) {
      file(out, "a.png", Images.noise(3, 3, 1));
      link(out, "pipe.png", "", TarConstants.LF_FIFO);
      link(out, "disk.png", "", TarConstants.LF_BLK);
    }
    assertEquals(1, FolderSource.open(tar, 2, 3).size());
  }

  /** Stored entries of one small image, with names in a charset and no flag that says so. */
  private Path zip(String charset, boolean extraFields, String... names) throws IOException {
    Path path = root.resolve("names.zip");
    byte[] image = Images.noise(3, 3, 1);
    CRC32 crc = new CRC32();
    crc.update(image);
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(path)) {
      zip.setEncoding(Charset.forName(charset).name());
      zip.setUseLanguageEncodingFlag(false);
      zip.setCreateUnicodeExtraFields(
          extraFields
              ? ZipArchiveOutputStream.UnicodeExtraFieldPolicy.ALWAYS
              : ZipArchiveOutputStream.UnicodeExtraFieldPolicy.NEVER);
      zip.setMethod(ZipArchiveOutputStream.STORED);
      for (String name : names) {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setSize(image.length);
        entry.setCrc(crc.getValue());
        zip.putArchiveEntry(entry);
        zip.write(image);
        zip.closeArchiveEntry();
      }
    }
    assertTrue(Files.size(path) > 0);
    return path;
  }

  private static TarArchiveOutputStream tar(Path path) throws IOException {
    return new TarArchiveOutputStream(Files.newOutputStream(path), "UTF-8");
  }

  private static void file(TarArchiveOutputStream tar, String name, byte[] bytes)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream tar, String name, String target, byte kind)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new java.util.zip.GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
