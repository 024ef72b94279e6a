package org.sparring.folders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.sparring.errors.Messages.assertRefused;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.archives.Archives;
import org.sparring.data.ImageOptions;
import org.sparring.data.ImageSource;
import org.sparring.data.Split;
import org.sparring.datasets.ImageSources;
import org.sparring.pictures.ImageDecoder;
import org.sparring.pictures.Images;

/** Squares of photographs. */
class PhotoTilesTest {
  @TempDir private Path root;

  @Test
  void squaresOverlapByHalfAndReachTheBorder() throws IOException {
    byte[] photo = Images.noise(7, 10, 1);
    Path folder = Folders.write(root.resolve("set"), Map.of("p.png", photo));
    ImageSource tiles = open(folder, 4, 3, ImageOptions.DEFAULT);
    // rows 0, 2, 3; columns 0, 2, 4, 6
    assertEquals(12, tiles.size());
    assertEquals("12 squares of 1 photo", tiles.summary());
    byte[] pixels = ImageDecoder.decode("p", photo).pixels();
    int[] tops = {0, 2, 3};
    byte[] found = new byte[48];
    for (int i = 0; i < 12; i++) {
      tiles.read(i, found, 0);
      byte[] expected = new byte[48];
      for (int y = 0; y < 4; y++) {
        int at = ((tops[i / 4] + y) * 10 + i % 4 * 2) * 3;
        System.arraycopy(pixels, at, expected, y * 12, 12);
      }
      assertArrayEquals(expected, found, "square " + i);
    }
    assertArrayEquals(found, Arrays.copyOfRange(tiles.pixels(), 11 * 48, 12 * 48));
  }

  @Test
  void photosAreHeldOutAsAWhole() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < 6; i++) {
      files.put(i + ".png", Images.noise(4 + i % 2 * 2, 4, i));
    }
    Path archive = root.resolve("set.zip");
    Archives.zip(archive, files);
    Path folder = Folders.write(root.resolve("set"), files);
    ImageOptions two = new ImageOptions(false, 2);
    PhotoTiles train = (PhotoTiles) open(archive, 4, 0, two);
    PhotoTiles held = train.heldOut().orElseThrow();
    assertEquals(List.of(4, 2), List.of(train.photos().size(), held.photos().size()));
    assertEquals(6 + 3, train.size() + held.size());
    assertEquals(train.contentHash(), open(folder, 4, 0, two).contentHash());
    assertNotEquals(train.contentHash(), held.contentHash());
    assertNotEquals(train.contentHash(), open(folder, 2, 0, two).contentHash());
  }

  @Test
  void photosThatAreTooSmallAreRefusedOrSkipped() throws IOException {
    Map<String, byte[]> files =
        Map.of("a.png", Images.blank(8, 8), "b.png", Images.blank(3, 9), "c.png", new byte[2]);
    Path folder = Folders.write(root.resolve("set"), files);
    ImageOptions skip = new ImageOptions(true, 0);
    assertEquals(
        "1 square of 1 photo; 2 skipped: 2 bad (b.png, c.png)", open(folder, 8, 3, skip).summary());
    Path small = Folders.write(root.resolve("small"), Map.of("b.png", Images.blank(3, 9)));
    assertRefused(
        () -> open(small, 4, 3, ImageOptions.DEFAULT), "b.png", "at least 4×4", "found 9×3");
    assertRefused(() -> open(small, 4, 3, skip), "at least 4×4 pixels", "none of 1");
    assertRefused(() -> open(folder, 4, 4, skip), "data.channels 1 (grey) or 3", "found 4");
  }

  private static ImageSource open(Path place, int side, int channels, ImageOptions options) {
    return ImageSources.open("photos:" + place, side, channels, 1, Split.TRAIN, options);
  }
}
