package org.sparring.data;

import java.awt.image.Raster;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.IIOException;

/**
 * Encoded images to {@link Picture}s: the only place where image files are decoded, for training on
 * the device and for streaming alike.
 *
 * <p>The rule: sample values as they are stored, scaled to 8 bits; colour profiles and gamma are
 * ignored; CMYK becomes RGB; one transparent colour becomes alpha; the orientation of EXIF is
 * applied unless it is not wanted; the first frame of an animation. A file that is cut short or
 * damaged is refused.
 */
final class ImageDecoder {
  /** Memory that decoding takes at most, in ImageIO's array and in the picture's. */
  private static final int BYTES_A_PIXEL = 8;

  /**
   * Pixels of the largest image, 11,585 squared; it takes 1 GiB to decode. A small file that
   * unpacks to more is a mistake or an attack.
   */
  static final long MOST_PIXELS = 1L << 27;

  /** Bytes of the largest encoded image: {@link #MOST_PIXELS} at one byte each. */
  static final int MOST_BYTES = 1 << 27;

  /** Images of more pixels are decoded one at a time, whatever the number of threads. */
  private static final long LARGE = 1L << 24;

  private static final Object ONE_AT_A_TIME = new Object();

  private static final String REMEDY = "Replace or remove it; " + ImageFormat.ALL + " are read.";

  private ImageDecoder() {}

  /** Whether the name is one of an image that is read, and not of a macOS resource fork. */
  static boolean isImageName(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    String file = lower.substring(lower.lastIndexOf('/') + 1);
    boolean fork = file.startsWith("._") || lower.contains("__macosx/");
    return !fork && ImageFormat.isExtensionOf(file);
  }

  /** Decodes an image and turns it as its EXIF orientation says. */
  static Picture decode(String name, byte[] encoded) {
    return decode(name, encoded, true);
  }

  /**
   * Decodes an image.
   *
   * @param name named in the message if the bytes are no image
   * @param oriented whether the orientation of EXIF is applied
   * @return the first image of the file, at its own size
   */
  static Picture decode(String name, byte[] encoded, boolean oriented) {
    ImageFormat format = ImageFormat.of(encoded);
    if (format == null) {
      throw refused(name, encoded.length == 0 ? "an empty file" : "another format");
    }
    if (encoded.length > MOST_BYTES) {
      throw refused(name, "more than " + MOST_BYTES + " bytes of " + format.title());
    }
    try {
      return decode(format, encoded, oriented);
    } catch (IOException | RuntimeException e) {
      // ImageIO's readers answer damaged bytes with unchecked exceptions of every kind, too
      String found = encoded.length + " bytes of " + format.title() + " that cannot be decoded";
      throw refused(name, found + " (" + reason(e) + ")").because(e);
    }
  }

  /** The orientation that the file's EXIF says, 1 (upright) to 8. */
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
    return within(
        file.width(),
        file.height(),
        () -> {
          try (ImageReading reading = new ImageReading(ImageFormat.PNG, file.plain())) {
            return RasterPicture.of(reading.image(), file.transparent());
          }
        });
  }

  private static Picture jpeg(JpegFile file) throws IOException {
    return within(
        file.width(),
        file.height(),
        () -> {
          try (ImageReading reading = new ImageReading(ImageFormat.JPEG, file.plain())) {
            return file.components() == 4
                ? print(file, reading.raster())
                : RasterPicture.of(reading.image(), new int[0]);
          }
        });
  }

  /** Four components: CMYK, or YCCK, whose first three are CMY as YCbCr. */
  private static Picture print(JpegFile file, Raster raster) {
    ImageGeometry geometry = new ImageGeometry(raster.getHeight(), raster.getWidth(), 4);
    int[] inks = raster.getPixels(0, 0, geometry.width(), geometry.height(), (int[]) null);
    byte[] pixels = new byte[inks.length];
    for (int i = 0; i < inks.length; i++) {
      pixels[i] = (byte) inks[i];
    }
    if (file.isYcc()) {
      YcckColours.toCmyk(pixels);
    }
    return RasterPicture.cmyk(new Picture(geometry, pixels), file.adobe() >= 0);
  }

  private static Picture gif(GifFile file, byte[] encoded) throws IOException {
    return within(
        file.width(), file.height(), () -> file.onCanvas(plain(ImageFormat.GIF, encoded)));
  }

  private static Picture plain(ImageFormat format, byte[] encoded) throws IOException {
    try (ImageReading reading = new ImageReading(format, encoded)) {
      return within(
          reading.width(), reading.height(), () -> RasterPicture.of(reading.image(), new int[0]));
    }
  }

  private interface Decoding {
    Picture picture() throws IOException;
  }

  /** Decodes if the size that the header states is one that may be decoded. */
  private static Picture within(int width, int height, Decoding decoding) throws IOException {
    int longest = ImageGeometry.LONGEST_SIDE;
    if (width < 1 || height < 1 || width > longest || height > longest) {
      throw new IIOException(width + "×" + height + " pixels, expected sides of 1 to " + longest);
    }
    long pixels = (long) width * height;
    if (pixels > MOST_PIXELS) {
      throw new IIOException(width + "×" + height + " pixels, more than " + MOST_PIXELS);
    }
    long heap = Runtime.getRuntime().maxMemory();
    if (pixels * BYTES_A_PIXEL > heap / 2) {
      String memory = (heap >> 20) + " MiB of memory; SPARRING_JAVA_OPTS=-Xmx4g allows more";
      throw new IIOException(width + "×" + height + " pixels, too many for " + memory);
    }
    if (pixels <= LARGE) {
      return decoding.picture();
    }
    synchronized (ONE_AT_A_TIME) {
      return decoding.picture();
    }
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
