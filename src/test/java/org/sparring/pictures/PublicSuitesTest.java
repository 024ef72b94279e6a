package org.sparring.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sparring.errors.DataException;

/**
 * Image files of public test suites, such as Pillow's {@code Tests/images} and libpng's {@code
 * contrib/pngsuite}, in the folder that the environment variable {@code SPARRING_SUITES} names.
 * Every PNG and JPEG of 8-bit grey or RGB that ImageIO decodes has the same pixels here; what is
 * not so must be of a kind that is decoded otherwise on purpose.
 */
@Tag("long")
class PublicSuitesTest {
  private static final String FOLDER = System.getenv("SPARRING_SUITES");

  private final List<String> worse = new ArrayList<>();
  private int images;
  private int same;

  @Test
  void whatImageIoDecodesPlainlyIsTheSame() throws IOException {
    assumeTrue(FOLDER != null, "SPARRING_SUITES names no folder of public test images");
    try (Stream<Path> files = Files.walk(Path.of(FOLDER))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        compare(file, Files.readAllBytes(file));
      }
    }
    assertTrue(images > 0, "expected PNG or JPEG files in " + FOLDER + ", found none");
    String of = " of " + images + " PNG and JPEG files";
    System.out.println(same + of + " have the pixels that ImageIO gives them");
    assertEquals(List.of(), worse);
  }

  private void compare(Path file, byte[] encoded) {
    ImageFormat format = ImageFormat.of(encoded);
    if (format != ImageFormat.PNG && format != ImageFormat.JPEG) {
      return;
    }
    images++;
    BufferedImage expected = plain(encoded);
    if (expected == null) {
      return;
    }
    try {
      Picture found = ImageDecoder.decode(file.toString(), encoded, false);
      if (same(expected.getRaster(), found)) {
        same++;
      } else if (!isMended(encoded, format, found)) {
        worse.add(file + " differs");
      }
    } catch (IOException e) {
      worse.add(file + ": " + e.getMessage());
    } catch (DataException e) {
      if (!isRefusedOnPurpose(e.getMessage())) {
        worse.add(e.getMessage());
      }
    }
  }

  /** By the line that says what was found: the one before it has the file's name. */
  private static boolean isRefusedOnPurpose(String message) {
    String found = message.lines().skip(1).findFirst().orElse("");
    return found.matches(
        ".*\\((cut short: |damaged: the checksum of chunk |a chunk of an unknown kind, ).*");
  }

  @Test
  void theNameOfAFileIsNoReasonToRefuseIt() {
    String damaged = "damaged.png: expected a decodable image\nfound 9 bytes of PNG";
    assertFalse(isRefusedOnPurpose(damaged + "\nReplace it."));
    assertTrue(isRefusedOnPurpose(damaged + " (cut short: the end chunk is missing)\nReplace it."));
  }

  /** Null where ImageIO refuses, or has anything but 8-bit grey or RGB. */
  private static BufferedImage plain(byte[] encoded) {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(encoded));
      boolean plain =
          image != null
              && image.getColorModel() instanceof ComponentColorModel model
              && model.getTransferType() == java.awt.image.DataBuffer.TYPE_BYTE
              && (model.getColorSpace().isCS_sRGB()
                  || model.getColorSpace().getType() == ColorSpace.TYPE_GRAY);
      return plain ? image : null;
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private static boolean same(Raster raster, Picture found) {
    ImageGeometry g =
        new ImageGeometry(raster.getHeight(), raster.getWidth(), raster.getNumBands());
    if (!g.equals(found.geometry())) {
      return false;
    }
    int[] expected = raster.getPixels(0, 0, g.width(), g.height(), (int[]) null);
    for (int i = 0; i < expected.length; i++) {
      if (expected[i] != (found.pixels()[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Java makes other values of transparent greys of fewer than 8 bits, and of JPEGs with a profile:
   * there, the values must equal the file without its transparent colour or profile. JPEGs of 4:4:4
   * without a header are RGB to Java.
   */
  private static boolean isMended(byte[] encoded, ImageFormat format, Picture found)
      throws IOException {
    if (format == ImageFormat.PNG) {
      return sameColours(withoutChunks(encoded, List.of("tRNS", "iCCP")), found);
    }
    String text = new String(encoded, StandardCharsets.ISO_8859_1);
    boolean header = text.contains("JFIF") || text.contains("Adobe");
    return !header || sameColours(withoutProfile(encoded), found);
  }

  private static boolean sameColours(byte[] bare, Picture found) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(bare));
    boolean palette = image.getColorModel() instanceof IndexColorModel;
    ImageGeometry g = found.geometry();
    int colours = g.channels() < 3 ? 1 : 3;
    if (image.getWidth() != g.width() || image.getHeight() != g.height()) {
      return false;
    }
    for (int i = 0; i < g.width() * g.height() * colours; i++) {
      int x = i / colours % g.width();
      int y = i / colours / g.width();
      int shift = 16 - 8 * (i % colours);
      int expected =
          palette
              ? image.getRGB(x, y) >> shift & 0xff
              : image.getRaster().getSample(x, y, i % colours);
      if (expected != (found.pixels()[i / colours * g.channels() + i % colours] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] withoutChunks(byte[] png, List<String> types) {
    ByteArrayOutputStream bare = new ByteArrayOutputStream();
    bare.write(png, 0, 8); // the signature
    ByteBuffer lengths = ByteBuffer.wrap(png);
    for (int at = 8; at + 12 <= png.length; ) {
      int length = 12 + lengths.getInt(at);
      if (!types.contains(new String(png, at + 4, 4, StandardCharsets.ISO_8859_1))) {
        bare.write(png, at, length);
      }
      at += length;
    }
    return bare.toByteArray();
  }

  /** Without the segments APP2, up to the first scan. */
  private static byte[] withoutProfile(byte[] jpeg) {
    ByteArrayOutputStream bare = new ByteArrayOutputStream();
    bare.write(jpeg, 0, 2);
    int at = 2;
    while ((jpeg[at + 1] & 0xff) != 0xda) {
      boolean filling = (jpeg[at + 1] & 0xff) == 0xff;
      int length = filling ? 1 : 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
      if ((jpeg[at + 1] & 0xff) != 0xe2) {
        bare.write(jpeg, at, length);
      }
      at += length;
    }
    bare.write(jpeg, at, jpeg.length - at);
    return bare.toByteArray();
  }
}
