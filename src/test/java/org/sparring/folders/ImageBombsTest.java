package org.sparring.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.Messages.assertRefused;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.datasets.DataCheck;
import org.sparring.datasets.DataReport;
import org.sparring.pictures.Fit;
import org.sparring.pictures.ImageDecoder;
import org.sparring.pictures.ImageFiles;
import org.sparring.pictures.ImageFormat;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.ImageReading;
import org.sparring.pictures.Images;
import org.sparring.pictures.Picture;
import org.sparring.pictures.PngBytes;

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

  /** The reader's four bytes a pixel and the picture's three; a row more. */
  @Test
  void aPrintJpegIsDecodedRowByRow() throws IOException {
    byte[] print = Images.cmykJpeg(1000, 1200);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Picture picture = ImageDecoder.decode("a.jpg", print);
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    assertEquals(new ImageGeometry(1000, 1200, 3), picture.geometry());
    assertTrue(taken < 8 * 1000 * 1200, taken + " bytes of memory");
  }

  /** What decoding takes is never more than what the bound counts. */
  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
  void theReaderCountsItsBytes(int type) throws IOException {
    byte[] png = Images.png(new BufferedImage(8, 8, type));
    try (ImageReading reading = new ImageReading(ImageFormat.PNG, png)) {
      assertEquals(type == BufferedImage.TYPE_BYTE_GRAY ? 2 : 3, reading.bytesAPixel());
    }
    byte[] deep = PngBytes.header(1, 1, 16, 6).rows(1, 2, 3, 4).end();
    try (ImageReading reading = new ImageReading(ImageFormat.PNG, deep)) {
      assertEquals(8 + 4, reading.bytesAPixel());
    }
  }

  /** In a JVM of 64 MiB: refused by its header, named, and the next image is looked at. */
  @Test
  void anImageThatDoesNotFitIntoTheHeapIsNamed() throws Exception {
    Path photos = Files.createDirectories(folder.resolve("photos"));
    Files.write(photos.resolve("print.jpg"), Images.cmykJpeg(2400, 2400));
    Files.write(photos.resolve("wide.png"), Images.blank(2500, 2500));
    Files.write(photos.resolve("small.png"), Images.noise(3, 3, 1));
    String output = look(photos, 0);
    assertTrue(output.contains("print.jpg: 2400×2400 pixels, too many for 6"), output);
    assertTrue(output.contains("wide.png: 2500×2500 pixels, too many for 6"), output);
    assertTrue(output.contains("1 good"), output);
  }

  /** What else lies in the heap is not known before. */
  @Test
  void anImageThatFillsTheHeapIsNamed() throws Exception {
    Path photos = Files.createDirectories(folder.resolve("full"));
    Files.write(photos.resolve("print.jpg"), Images.cmykJpeg(2000, 2000));
    Files.write(photos.resolve("small.png"), Images.noise(3, 3, 1));
    String output = look(photos, 40);
    assertTrue(output.contains("of JPEG, too many pixels for 6"), output);
    assertTrue(output.contains("1 good"), output);
  }

  /** Checks a folder in a JVM of 64 MiB, some of which are taken. */
  private static String look(Path photos, int taken) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Looking.class.getName(),
                "folder:" + photos,
                taken + "")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  /** The main program of a small JVM. */
  static final class Looking {
    private Looking() {}

    public static void main(String[] arguments) {
      byte[] taken = new byte[Integer.parseInt(arguments[1]) << 20];
      DataReport report = DataCheck.of(arguments[0], 8, 3, 0);
      report.findings().faults().forEach(f -> System.out.println(f.file() + ": " + f.found()));
      System.out.println(report.parts().values().stream().mapToInt(n -> n).sum() + " good");
      Reference.reachabilityFence(taken);
    }
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
