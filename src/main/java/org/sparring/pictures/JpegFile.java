package org.sparring.pictures;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOException;

/**
 * The markers of a JPEG, read before it is decoded. The bytes to decode contain the same picture
 * with a new header, which omits colour profiles and thumbnails and states the colour space. With
 * the original bytes, ImageIO would treat 4:4:4 YCbCr without a header as RGB, and would fail on
 * damaged profiles.
 *
 * @param components 1 to 4
 * @param adobe the transform of an Adobe marker, or −1 without one
 * @param isYcc whether the first three components are YCbCr
 * @param orientation EXIF orientation, 1 to 8
 * @param plain the bytes to decode
 */
record JpegFile(
    int width,
    int height,
    int components,
    int adobe,
    boolean isYcc,
    int orientation,
    byte[] plain) {
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final int COM = 0xfe;
  private static final String CUT = "cut short: the end marker is missing";

  /**
   * A JFIF 1.1 header without thumbnail, which declares one component as grey and three as YCbCr.
   */
  private static final byte[] JFIF =
      bytes(0xff, APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0);

  static JpegFile parse(byte[] jpeg) throws IOException {
    Parser parser = new Parser(jpeg);
    parser.toEnd();
    return parser.file();
  }

  /** Returns only the orientation; 1 if the markers before the picture are damaged. */
  static int orientation(byte[] jpeg) {
    Parser parser = new Parser(jpeg);
    try {
      parser.toPicture();
      return parser.orientation;
    } catch (IOException e) {
      return Orientation.UPRIGHT;
    }
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /** Returns an Adobe marker: transform 0 is RGB or CMYK, 2 is YCCK. */
  private static byte[] adobe(int transform) {
    return bytes(0xff, APP14, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, transform);
  }

  private static final class Parser {
    private final byte[] jpeg;
    private final ByteArrayOutputStream kept;
    private int at = 2;
    private int frame = -1;
    private int adobe = -1;
    private boolean jfif;
    private int orientation = Orientation.UPRIGHT;

    Parser(byte[] jpeg) {
      this.jpeg = jpeg;
      kept = new ByteArrayOutputStream(jpeg.length);
    }

    void toEnd() throws IOException {
      int marker = toPicture();
      while (marker != EOI) {
        marker = segment();
      }
    }

    /** Reads up to the first scan, or to the end if there is none, and returns the position. */
    int toPicture() throws IOException {
      int marker = SOI;
      while (marker != EOI && marker != SOS) {
        marker = segment();
      }
      return marker;
    }

    /** Reads one marker and its segment. */
    private int segment() throws IOException {
      int marker = marker();
      if (marker == EOI) {
        kept.write(jpeg, at - 2, 2);
      } else if (!isAlone(marker)) {
        int length = number(at);
        if (length < 2 || at + length > jpeg.length) {
          throw new IIOException(CUT);
        }
        take(marker, length);
      }
      return marker;
    }

    private void take(int marker, int length) {
      int start = at;
      at += length;
      if (marker >= APP0 && marker < APP0 + 16) {
        application(marker, start + 2, length - 2);
      } else if (marker != COM) {
        if (isFrame(marker) && frame < 0) {
          frame = start + 2;
        }
        at = marker == SOS ? endOfScan(at) : at;
        kept.write(0xff);
        kept.write(marker);
        kept.write(jpeg, start, at - start);
      }
    }

    private void application(int marker, int start, int length) {
      if (marker == APP0 && starts(start, length, "JFIF\0")) {
        jfif = true;
      } else if (marker == APP14 && length >= 12 && starts(start, length, "Adobe")) {
        adobe = jpeg[start + 11] & 0xff;
      } else if (marker == APP1
          && orientation == Orientation.UPRIGHT
          && starts(start, length, "Exif\0")) {
        orientation = Orientation.of(jpeg, start + 6, length - 6);
      }
    }

    private boolean starts(int start, int length, String text) {
      byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
      return length >= expected.length
          && Arrays.equals(jpeg, start, start + expected.length, expected, 0, expected.length);
    }

    /** Returns the next marker; skips bytes that belong to no segment, as libjpeg does. */
    private int marker() throws IOException {
      while (at + 1 < jpeg.length) {
        int value = jpeg[at + 1] & 0xff;
        boolean marks = jpeg[at] == (byte) 0xff && value != 0 && value != 0xff;
        at += marks ? 2 : 1;
        if (marks) {
          return value;
        }
      }
      throw new IIOException(CUT);
    }

    /**
     * Returns the end of a scan. Restart markers are part of a scan, and 0xff followed by 0 is not
     * a marker.
     */
    private int endOfScan(int from) {
      for (int i = from; i + 1 < jpeg.length; i++) {
        int value = jpeg[i + 1] & 0xff;
        boolean restart = value >= 0xd0 && value <= 0xd7;
        if (jpeg[i] == (byte) 0xff && value != 0 && value != 0xff && !restart) {
          return i;
        }
      }
      return jpeg.length;
    }

    private static boolean isAlone(int marker) {
      return (marker >= 0xd0 && marker <= SOI) || marker == 0x01;
    }

    /**
     * Returns whether the marker is SOF0–SOF15; DHT, JPG and DAC, which lie between them, are
     * excluded.
     */
    private static boolean isFrame(int marker) {
      return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    JpegFile file() throws IOException {
      if (frame < 0 || frame + 6 > jpeg.length) {
        throw new IIOException("no frame header");
      }
      int components = jpeg[frame + 5] & 0xff;
      if (components != 1 && components != 3 && components != 4) {
        throw new IIOException(components + " components, expected 1, 3 or 4");
      }
      if (frame + 6 + 3 * components > jpeg.length) {
        throw new IIOException(CUT);
      }
      boolean ycc = components == 3 ? isYcc() : components == 4 && adobe > 0;
      ByteArrayOutputStream plain = new ByteArrayOutputStream(kept.size() + 2 + JFIF.length);
      plain.write(0xff);
      plain.write(SOI);
      boolean ordinary = components == 1 || (components == 3 && ycc);
      plain.writeBytes(ordinary ? JFIF : adobe(components == 4 && ycc ? 2 : 0));
      kept.writeTo(plain);
      return new JpegFile(
          number(frame + 3),
          number(frame + 1),
          components,
          adobe,
          ycc,
          orientation,
          plain.toByteArray());
    }

    /**
     * Returns whether libjpeg would treat three components as YCbCr, which it does unless the file
     * says otherwise.
     */
    private boolean isYcc() {
      if (jfif) {
        return true;
      }
      if (adobe >= 0) {
        return adobe != 0;
      }
      return !(id(0) == 'R' && id(1) == 'G' && id(2) == 'B');
    }

    private int id(int component) {
      return jpeg[frame + 6 + 3 * component];
    }

    private int number(int from) throws IOException {
      if (from + 1 >= jpeg.length) {
        throw new IIOException(CUT);
      }
      return ((jpeg[from] & 0xff) << 8) | (jpeg[from + 1] & 0xff);
    }
  }
}
