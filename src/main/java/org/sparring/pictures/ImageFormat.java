package org.sparring.pictures;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.sparring.errors.DataException;

/**
 * The supported image formats, recognised by their first bytes and not by a file's name. Each
 * format has a fixed reader, so ImageIO plug-ins on an application's class path have no effect.
 */
@SuppressWarnings("ImmutableEnumChecker") // the fields are never written after construction
public enum ImageFormat {
  PNG(() -> fromJdk("png"), List.of("png"), "\u0089PNG\r\n\u001a\n"),
  JPEG(() -> fromJdk("jpeg"), List.of("jpg", "jpeg"), "\u00ff\u00d8\u00ff"),
  WEBP(WebPImageReaderSpi::new, List.of("webp"), "RIFF????WEBP"),
  BMP(() -> fromJdk("bmp"), List.of("bmp"), "BM"),
  GIF(() -> fromJdk("gif"), List.of("gif"), "GIF87a", "GIF89a"),
  TIFF(TIFFImageReaderSpi::new, List.of("tif", "tiff"), "II*\0", "MM\0*");

  /** The supported formats, for messages. */
  public static final String ALL = "PNG, JPEG, WebP, BMP, GIF and TIFF";

  /** Number of leading bytes that distinguish the formats. */
  static final int LONGEST_SIGNATURE = 12;

  private static final char ANY = '?';

  private final Supplier<ImageReaderSpi> reader;
  private final List<String> extensions;
  private final List<String> signatures;
  private ImageReaderSpi opened;

  /**
   * @param signatures the first bytes, as Latin-1 characters; {@code ?} is any byte
   */
  ImageFormat(Supplier<ImageReaderSpi> reader, List<String> extensions, String... signatures) {
    this.reader = reader;
    this.extensions = extensions;
    this.signatures = List.of(signatures);
  }

  /**
   * Returns the format indicated by the first bytes; null if it is none of the supported formats.
   */
  static ImageFormat of(byte[] encoded) {
    for (ImageFormat format : values()) {
      if (format.signatures.stream().anyMatch(signature -> starts(encoded, signature))) {
        return format;
      }
    }
    return null;
  }

  /** Returns whether a file name ends with the extension of a supported format. */
  static boolean isExtensionOf(String file) {
    String extension = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    for (ImageFormat format : values()) {
      if (format.extensions.contains(extension) && file.contains(".")) {
        return true;
      }
    }
    return false;
  }

  /** Returns the factory of readers for this format. */
  synchronized ImageReaderSpi reader() {
    if (opened == null) {
      opened = reader.get();
    }
    return opened;
  }

  /** Returns the usual spelling of the format's name. */
  String title() {
    return this == WEBP ? "WebP" : name();
  }

  private static boolean starts(byte[] encoded, String signature) {
    if (encoded.length < signature.length()) {
      return false;
    }
    for (int i = 0; i < signature.length(); i++) {
      char expected = signature.charAt(i);
      if (expected != ANY && expected != (encoded[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  private static ImageReaderSpi fromJdk(String format) {
    Iterator<ImageReaderSpi> found =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(
                ImageReaderSpi.class,
                spi ->
                    spi.getClass().getModule().equals(ImageIO.class.getModule())
                        && List.of(((ImageReaderSpi) spi).getFormatNames()).contains(format),
                true);
    if (!found.hasNext()) {
      throw DataException.in(
          "this Java", "a reader of " + format + " images", "none", "Use a complete JDK 17.");
    }
    return found.next();
  }
}
