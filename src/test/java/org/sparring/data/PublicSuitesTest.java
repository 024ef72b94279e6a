package org.sparring.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
      } else if (!isMended(encoded, format)) {
        worse.add(file + " differs");
      }
    } catch (DataException e) {
      if (!isRefusedOnPurpose(e.getMessage())) {
        worse.add(e.getMessage());
      }
    }
  }

  /** Files that are cut short, and wrong checksums. */
  private static boolean isRefusedOnPurpose(String message) {
    return message.matches("(?s).*(cut short|checksum|damaged|unknown kind).*");
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

  /** Transparent greys of fewer than 8 bits, profiles, CMYK, and 4:4:4 without a header. */
  private static boolean isMended(byte[] encoded, ImageFormat format) {
    String text = new String(encoded, java.nio.charset.StandardCharsets.ISO_8859_1);
    if (format == ImageFormat.PNG) {
      return text.contains("tRNS") || text.contains("iCCP");
    }
    boolean header = text.contains("JFIF") || text.contains("Adobe");
    return text.contains("ICC_PROFILE") || !header;
  }
}
