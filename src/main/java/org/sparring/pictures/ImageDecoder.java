package org.sparring.pictures;

import java.io.IOException;
import java.util.Locale;
import javax.imageio.IIOException;
import org.sparring.errors.DataException;

/**
 * Decodes images to {@link Picture}s. This is the only class that decodes image files, both for
 * data sets in memory and for streaming.
 *
 * <p>Sample values are used as stored, scaled to 8 bits. Colour profiles and gamma are ignored.
 * CMYK is converted to RGB, and a single transparent colour to alpha. The EXIF orientation is
 * applied unless disabled. Of an animation only the first frame is decoded. Truncated or damaged
 * files are refused.
 */
public final class ImageDecoder {
  /**
   * Maximum number of pixels, 11,585 squared; decoding such an RGB image takes 768 MiB. A small
   * file that expands to more is a mistake or an attack.
   */
  static final long MOST_PIXELS = 1L << 27;

  /** Maximum size of an encoded image in bytes: one byte for each of {@link #MOST_PIXELS}. */
  public static final int MOST_BYTES = 1 << 27;

  /** Images that need more bytes are decoded one at a time, even with several threads. */
  private static final long LARGE = 1L << 27;

  private static final Object ONE_AT_A_TIME = new Object();

  private static final String REMEDY = "Replace or remove it; " + ImageFormat.ALL + " are read.";
  private static final String MORE_MEMORY =
      "Give Java more, as in SPARRING_JAVA_OPTS=-Xmx4g, or make the image smaller.";

  private ImageDecoder() {}

  /**
   * Returns whether the name has the extension of a supported image format and is not a macOS
   * resource fork.
   */
  public static boolean isImageName(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    String file = lower.substring(lower.lastIndexOf('/') + 1);
    boolean fork = file.startsWith("._") || lower.contains("__macosx/");
    return !fork && ImageFormat.isExtensionOf(file);
  }

  /** Decodes an image and applies its EXIF orientation. */
  public static Picture decode(String name, byte[] encoded) {
    return decode(name, encoded, true);
  }

  /**
   * Decodes an image.
   *
   * @param name name of the image for messages
   * @param encoded content of the file
   * @param oriented whether the EXIF orientation is applied
   * @return the first image of the file, at its original size
   */
  public static Picture decode(String name, byte[] encoded, boolean oriented) {
    ImageFormat format = ImageFormat.of(encoded);
    if (format == null) {
      throw refused(name, encoded.length == 0 ? "an empty file" : "another format");
    }
    if (encoded.length > MOST_BYTES) {
      throw refused(name, "more than " + MOST_BYTES + " bytes of " + format.title());
    }
    try {
      return decode(format, encoded, oriented);
    } catch (TooLarge e) {
      throw DataException.in(name, "a decodable image", e.getMessage(), MORE_MEMORY).because(e);
    } catch (OutOfMemoryError e) {
      String found = encoded.length + " bytes of " + format.title() + ", too many pixels for ";
      throw DataException.in(name, "a decodable image", found + memory(heap()), MORE_MEMORY)
          .because(e);
    } catch (IOException | RuntimeException e) {
      // ImageIO's readers also throw unchecked exceptions of all kinds for damaged data
      String found = encoded.length + " bytes of " + format.title() + " that cannot be decoded";
      throw refused(name, found + " (" + reason(e) + ")").because(e);
    }
  }

  /** Returns the EXIF orientation of the file, 1 (upright) to 8. */
  static int orientation(byte[] encoded) {
    ImageFormat format = ImageFormat.of(encoded);
    if (format == null) {
      return Orientation.UPRIGHT;
    }
    return switch (format) {
      case JPEG -> JpegFile.orientation(encoded);
      case PNG -> PngFile.orientation(encoded);
      case WEBP -> WebpFile.orientation(encoded);
      case TIFF -> Orientation.of(encoded, 0, encoded.length);
      case BMP, GIF -> Orientation.UPRIGHT;
    };
  }

  /**
   * Returns the height and width that {@link #decode} would give, from the header of the file; the
   * channels are 1.
   */
  public static ImageGeometry size(String name, byte[] encoded, boolean oriented) {
    ImageFormat format = ImageFormat.of(encoded);
    if (format == null) {
      throw refused(name, encoded.length == 0 ? "an empty file" : "another format");
    }
    try (ImageReading reading = new ImageReading(format, header(format, encoded))) {
      int height = format == ImageFormat.GIF ? GifFile.parse(encoded).height() : reading.height();
      int width = format == ImageFormat.GIF ? GifFile.parse(encoded).width() : reading.width();
      boolean turned = oriented && Orientation.isTurned(orientation(encoded));
      return new ImageGeometry(turned ? width : height, turned ? height : width, 1);
    } catch (IOException | RuntimeException e) {
      String found = encoded.length + " bytes of " + format.title() + " that cannot be decoded";
      throw refused(name, found + " (" + reason(e) + ")").because(e);
    }
  }

  private static byte[] header(ImageFormat format, byte[] encoded) throws IOException {
    return switch (format) {
      case PNG -> PngFile.parse(encoded).plain();
      case JPEG -> JpegFile.parse(encoded).plain();
      case GIF, WEBP, BMP, TIFF -> encoded;
    };
  }

  private static Picture decode(ImageFormat format, byte[] encoded, boolean oriented)
      throws IOException {
    return switch (format) {
      case PNG -> {
        PngFile file = PngFile.parse(encoded);
        yield upright(png(file), oriented, file.orientation());
      }
      case JPEG -> {
        JpegFile file = JpegFile.parse(encoded);
        yield upright(jpeg(file), oriented, file.orientation());
      }
      case GIF -> gif(GifFile.parse(encoded), encoded);
      case WEBP -> {
        WebpFile.requireWhole(encoded);
        yield upright(plain(format, encoded), oriented, WebpFile.orientation(encoded));
      }
      case BMP -> plain(format, encoded);
      case TIFF -> upright(plain(format, encoded), oriented, orientation(encoded));
    };
  }

  private static Picture upright(Picture picture, boolean oriented, int orientation) {
    return oriented ? Orientation.upright(picture, orientation) : picture;
  }

  private static Picture png(PngFile file) throws IOException {
    requireSize(file.width(), file.height());
    try (ImageReading reading = new ImageReading(ImageFormat.PNG, file.plain())) {
      boolean keyed = file.transparent().length > 0;
      return within(
          file.width(),
          file.height(),
          reading.bytesAPixel() + (keyed ? 2 : 0),
          () -> RasterPicture.of(reading.image(), file.transparent()));
    }
  }

  private static Picture jpeg(JpegFile file) throws IOException {
    boolean print = file.components() == 4;
    return within(
        file.width(),
        file.height(),
        print ? 4 + 3 : 2 * file.components(),
        () -> {
          try (ImageReading reading = new ImageReading(ImageFormat.JPEG, file.plain())) {
            return print
                ? RasterPicture.print(reading.raster(), file.isYcc(), file.adobe() >= 0)
                : RasterPicture.of(reading.image(), new int[0]);
          }
        });
  }

  private static Picture gif(GifFile file, byte[] encoded) throws IOException {
    return within(
        file.width(), file.height(), 2 * 4, () -> file.onCanvas(plain(ImageFormat.GIF, encoded)));
  }

  private static Picture plain(ImageFormat format, byte[] encoded) throws IOException {
    try (ImageReading reading = new ImageReading(format, encoded)) {
      requireSize(reading.width(), reading.height());
      return within(
          reading.width(),
          reading.height(),
          reading.bytesAPixel(),
          () -> RasterPicture.of(reading.image(), new int[0]));
    }
  }

  private interface Decoding {
    Picture picture() throws IOException;
  }

  /** An image with a valid header that is too large for the memory. */
  private static final class TooLarge extends IIOException {
    private static final long serialVersionUID = 1;

    TooLarge(String message) {
      super(message);
    }
  }

  private static void requireSize(int width, int height) throws IOException {
    int longest = ImageGeometry.LONGEST_SIDE;
    if (width < 1 || height < 1 || width > longest || height > longest) {
      throw new IIOException(width + "×" + height + " pixels, expected sides of 1 to " + longest);
    }
    if ((long) width * height > MOST_PIXELS) {
      throw new IIOException(width + "×" + height + " pixels, more than " + MOST_PIXELS);
    }
  }

  /**
   * Decodes an image if the size in its header is within the limits.
   *
   * @param each heap bytes per pixel while the image is decoded and oriented
   */
  private static Picture within(int width, int height, int each, Decoding decoding)
      throws IOException {
    requireSize(width, height);
    long bytes = (long) width * height * each;
    requireMemory(width, height, bytes, heap());
    if (bytes <= Math.min(LARGE, heap() / (4L * Runtime.getRuntime().availableProcessors()))) {
      return decoding.picture();
    }
    synchronized (ONE_AT_A_TIME) {
      return decoding.picture();
    }
  }

  /** Throws if decoding would take more than half of the heap. */
  static void requireMemory(int width, int height, long bytes, long heap) throws IOException {
    if (bytes > heap / 2) {
      throw new TooLarge(width + "×" + height + " pixels, too many for " + memory(heap));
    }
  }

  private static long heap() {
    return Runtime.getRuntime().maxMemory();
  }

  private static String memory(long heap) {
    return (heap >> 20) + " MiB of memory";
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    Throwable cause = e.getCause();
    if (cause != null && cause.getMessage() != null) {
      return message + ": " + cause.getMessage();
    }
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private static DataException refused(String name, String found) {
    return DataException.in(name, "a decodable image", found, REMEDY);
  }
}
