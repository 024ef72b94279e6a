package org.sparring.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.data.Messages.assertRefused;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small files that unpack to much: refused by their headers, before memory is taken. */
class ImageBombsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "60000, 60000, more than 134217728",
    "65536, 10, sides of 1 to 65535",
    "10, 65536, sides of 1 to 65535",
    "0, 10, sides of 1 to 65535",
    "-1, 10, sides of 1 to 65535",
    "16384, 16384, more than 134217728"
  })
  void aPngOfTooManyPixelsIsRefused(int width, int height, String bound) {
    byte[] bomb = PngBytes.header(width, height, 1, PngBytes.GREY).rows(0, 0).end();
    assertRefusedCheaply(bomb, width + "×" + height + " pixels", bound);
  }

  /** A panorama. */
  @Test
  void aLongPictureThatHasFewPixelsIsRead() {
    int[] rows = new int[10 * 20_001];
    byte[] png = PngBytes.header(20_000, 10, 8, PngBytes.GREY).rows(rows).end();
    Picture picture = ImageDecoder.decode("a.png", png);
    assertEquals(new ImageGeometry(10, 20_000, 1), picture.geometry());
    assertEquals(new ImageGeometry(64, 64, 3), new Fit(64, 3).apply(picture).geometry());
  }

  @Test
  void aJpegOfTooManyPixelsIsRefused() {
    byte[] bomb = ImageFiles.read("progressive-16x12.jpg");
    int frame = 0;
    while (!(bomb[frame] == (byte) 0xff && bomb[frame + 1] == (byte) 0xc2)) {
      frame++;
    }
    ByteBuffer.wrap(bomb).putShort(frame + 5, (short) 60_000).putShort(frame + 7, (short) 50_000);
    assertRefusedCheaply(bomb, "50000×60000 pixels");
  }

  @Test
  void otherFormatsOfTooManyPixelsAreRefused() {
    byte[] bmp = ImageFiles.read("plain-16x12.bmp");
    ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 20_000);
    assertRefusedCheaply(bmp, "a.png: expected a decodable image");
    byte[] gif = ImageFiles.read("animated-16x12.gif");
    ByteBuffer.wrap(gif).putShort(6, (short) 60_000).putShort(8, (short) 60_000);
    assertRefusedCheaply(gif, " pixels, more than");
    byte[] webp = ImageFiles.read("lossless-16x12.webp");
    webp[21] = (byte) 0xff;
    webp[22] = (byte) 0xff;
    webp[23] = (byte) 0xff;
    assertRefusedCheaply(webp, "a.png: expected a decodable image");
  }

  /** 1 MB of zip, 1 GB of zeros. */
  @Test
  void anArchiveEntryThatUnpacksToAGigabyteIsRefused() throws IOException {
    Path zip = zip(new byte[0], 1 << 30);
    assertTrue(Files.size(zip) < 2 << 20);
    assertRefused(
        () -> FolderSource.open(zip, 8, 3),
        zip + "!bomb.png: expected a decodable image",
        "another format");
  }

  /** The same that begins like an image. */
  @Test
  void anEntryOfTooManyBytesIsRefused() throws IOException {
    byte[] start = PngBytes.header(8, 8, 8, PngBytes.GREY).withoutEnd();
    Path zip = zip(start, ImageDecoder.MOST_BYTES);
    assertRefused(
        () -> FolderSource.open(zip, 8, 3),
        zip + "!bomb.png: expected a decodable image",
        "found more than 134217728 bytes of PNG");
    Path file = folder.resolve("files").resolve("long.png");
    Files.createDirectories(file.getParent());
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(start);
      sparse.setLength(3L << 30);
    }
    FolderSource source = FolderSource.open(file.getParent(), 8, 3);
    assertRefused(
        () -> source.read(0, new byte[192], 0),
        file + ": expected a decodable image",
        "found more than 134217728 bytes of PNG");
  }

  private Path zip(byte[] start, int zeros) throws IOException {
    Path zip = folder.resolve("bomb.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("bomb.png"));
      out.write(start);
      byte[] block = new byte[1 << 20];
      for (int left = zeros; left > 0; left -= block.length) {
        out.write(block);
      }
    }
    return zip;
  }

  private static void assertRefusedCheaply(byte[] bomb, String... parts) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertRefused(() -> ImageDecoder.decode("a.png", bomb, true), parts);
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(taken < 16 << 20, taken + " bytes of memory");
  }
}
