package org.sparring.archives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.sparring.errors.Messages.assertRefused;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.data.ImageOptions;
import org.sparring.data.Split;
import org.sparring.folders.FolderSource;
import org.sparring.pictures.ContentHash;
import org.sparring.pictures.ImageFiles;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Images;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Tars in packings other than gzip; images that are turned. */
class PackedTarTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a.tar.xz", "a.txz", "a.tar.bz2", "A.TBZ2"})
  void aPackedTarIsTheTar(String name) throws IOException {
    Path tar = folder.resolve("a.tar");
    Archives.tar(
        tar, Map.of("a/1.png", Images.noise(5, 4, 1), "b/2.webp", webp(), "b/3.txt", new byte[3]));
    Path packed = pack(tar, name);
    FolderSource expected = FolderSource.open(tar, 4, 3);
    FolderSource found = FolderSource.open(packed, 4, 3);
    assertArrayEquals(expected.pixels(), found.pixels());
    assertEquals(expected.contentHash(), found.contentHash());
    assertEquals(2, found.classes());
    byte[] bytes = Files.readAllBytes(packed);
    Files.write(packed, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(() -> FolderSource.open(packed, 4, 3), packed + ": expected an intact archive");
  }

  private Path pack(Path tar, String name) throws IOException {
    Path packed = folder.resolve(name);
    try (OutputStream file = Files.newOutputStream(packed);
        OutputStream out =
            name.endsWith("xz")
                ? new XZOutputStream(file, new LZMA2Options(1))
                : new BZip2CompressorOutputStream(file)) {
      Files.copy(tar, out);
    }
    return packed;
  }

  private static byte[] webp() {
    return ImageFiles.read("lossless-16x12.webp");
  }

  @Test
  void turnedImagesAreOtherContentAndUprightOnesAreTheSame() throws IOException {
    ImageOptions turning = ImageOptions.DEFAULT;
    ImageOptions asStored = new ImageOptions(false, 0, false);
    Path upright = write("upright", ImageFiles.read("jpeg-plain-reference.jpg"));
    assertEquals(hash(upright, turning), hash(upright, asStored));
    Path turned = write("turned", ImageFiles.read("jpeg-exif-orientation-6.jpg"));
    assertNotEquals(hash(turned, turning), hash(turned, asStored));
    FolderSource stored = FolderSource.open(turned, 8, 3, Split.TRAIN, asStored);
    FolderSource shown = FolderSource.open(turned, 8, 3, Split.TRAIN, turning);
    assertNotEquals(Arrays.hashCode(stored.pixels()), Arrays.hashCode(shown.pixels()));
    Archives.tar(
        folder.resolve("turned.tar"),
        Map.of("a.jpg", ImageFiles.read("jpeg-exif-orientation-6.jpg")));
    FolderSource packed =
        FolderSource.open(folder.resolve("turned.tar"), 8, 3, Split.TRAIN, asStored);
    assertArrayEquals(stored.pixels(), packed.pixels());
    assertEquals(stored.contentHash(), packed.contentHash());
  }

  /** The hash of a data set that was read right before: runs are resumed by it. */
  @Test
  void theHashOfUprightImagesIsThatOfTheirBytes() throws IOException {
    byte[] jpeg = ImageFiles.read("jpeg-plain-reference.jpg");
    String each = new ContentHash().number(jpeg.length).bytes(jpeg).hex();
    String expected =
        new ContentHash().geometry(new ImageGeometry(8, 8, 3)).text("a.jpg").text(each).hex();
    assertEquals(expected, hash(write("one", jpeg), ImageOptions.DEFAULT));
  }

  private Path write(String name, byte[] jpeg) throws IOException {
    Path target = Files.createDirectories(folder.resolve(name));
    Files.write(target.resolve("a.jpg"), jpeg);
    return target;
  }

  private static String hash(Path place, ImageOptions options) {
    return FolderSource.open(place, 8, 3, Split.TRAIN, options).contentHash();
  }
}
