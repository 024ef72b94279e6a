package org.sparring.pictures;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;
import javax.imageio.IIOException;

/**
 * The chunks of a PNG, checked before it is decoded: ImageIO looks at no checksum. The bytes to
 * decode contain only the chunks that pixels depend on; profiles, gamma and texts are left out,
 * because such chunks could expand to a thousand times their size.
 *
 * @param colourType value in the header: 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGBA
 * @param transparent stored sample values of the one transparent colour of a grey or RGB image;
 *     empty if there is none
 * @param orientation EXIF orientation, 1 to 8
 * @param plain the bytes to decode
 */
record PngFile(
    int width, int height, int colourType, int[] transparent, int orientation, byte[] plain) {
  private static final int SIGNATURE = 8;
  private static final int AROUND = 12; // length, type and checksum of a chunk
  private static final int HEADER = 13;
  private static final int PALETTE = 3;
  private static final Set<String> DECODED = Set.of("IHDR", "PLTE", "IDAT", "IEND");
  private static final String CUT = "cut short: the end chunk is missing";

  static PngFile parse(byte[] png) throws IOException {
    Parser parser = new Parser(png);
    while (!parser.chunk().equals("IEND")) {
      parser.next();
    }
    return parser.file();
  }

  /** Returns only the orientation; 1 if the chunks are damaged. */
  static int orientation(byte[] png) {
    try {
      Parser parser = new Parser(png);
      while (!parser.chunk().equals("IEND")) {
        parser.next();
      }
      return parser.orientation;
    } catch (IOException e) {
      return Orientation.UPRIGHT;
    }
  }

  private static final class Parser {
    private final ByteBuffer png;
    private final ByteBuffer kept;
    private int at = SIGNATURE;
    private int colourType = -1;
    private int transparency = -1;
    private int orientation = Orientation.UPRIGHT;

    Parser(byte[] bytes) throws IOException {
      png = ByteBuffer.wrap(bytes);
      kept = ByteBuffer.allocate(bytes.length).put(bytes, 0, SIGNATURE);
      if (!chunk().equals("IHDR") || length() != HEADER) {
        throw new IIOException("no header");
      }
      colourType = png.get(SIGNATURE + 8 + 9);
    }

    /**
     * Returns the type of the current chunk, after checking that it is complete and its checksum is
     * right.
     */
    String chunk() throws IOException {
      if (png.limit() - at < AROUND || length() < 0 || length() > png.limit() - at - AROUND) {
        throw new IIOException(CUT);
      }
      String type = new String(png.array(), at + 4, 4, StandardCharsets.ISO_8859_1);
      boolean decisive = isCritical(type) || type.equals("tRNS") || type.equals("eXIf");
      if (decisive && checksum() != png.getInt(at + 8 + length())) {
        if (type.equals("eXIf")) {
          return "";
        }
        throw new IIOException("damaged: the checksum of chunk " + type + " is wrong");
      }
      return type;
    }

    private int length() {
      return png.getInt(at);
    }

    private int checksum() {
      CRC32 crc = new CRC32();
      crc.update(png.array(), at + 4, 4 + length());
      return (int) crc.getValue();
    }

    private static boolean isCritical(String type) {
      return Character.isUpperCase(type.charAt(0));
    }

    /** Processes the current chunk and moves to the next. */
    void next() throws IOException {
      String type = chunk();
      if (DECODED.contains(type) || (type.equals("tRNS") && colourType == PALETTE)) {
        keep();
      } else if (type.equals("tRNS")) {
        transparency = at;
      } else if (type.equals("eXIf")) {
        orientation = Orientation.of(png.array(), at + 8, length());
      } else if (!type.isEmpty() && isCritical(type)) {
        throw new IIOException("a chunk of an unknown kind, " + type);
      }
      at += AROUND + length();
    }

    private void keep() {
      kept.put(png.array(), at, AROUND + length());
    }

    PngFile file() throws IOException {
      keep(); // the end
      byte[] plain = new byte[kept.position()];
      kept.flip().get(plain);
      int header = SIGNATURE + 8;
      return new PngFile(
          png.getInt(header),
          png.getInt(header + 4),
          colourType,
          transparent(),
          orientation,
          plain);
    }

    private int[] transparent() {
      int samples = colourType == 0 ? 1 : colourType == 2 ? 3 : 0;
      if (transparency < 0 || png.getInt(transparency) != 2 * samples) {
        return new int[0];
      }
      int[] colour = new int[samples];
      int bits = png.get(SIGNATURE + 8 + 8);
      for (int i = 0; i < samples; i++) {
        colour[i] = png.getShort(transparency + 8 + 2 * i) & (1 << bits) - 1;
      }
      return colour;
    }
  }
}
