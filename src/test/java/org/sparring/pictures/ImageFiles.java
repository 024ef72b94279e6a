package org.sparring.pictures;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Small image files made by other programs (libjpeg-turbo, libwebp, libtiff by Pillow). */
public final class ImageFiles {
  /** One of each kind. */
  static final List<String> KINDS =
      List.of(
          "alpha-lossless-16x12.webp",
          "alpha-lossy-16x12.webp",
          "animated-16x12.gif",
          "animated-16x12.webp",
          "jpeg-cmyk.jpg",
          "jpeg-in-tiff-16x12.tif",
          "jpeg-plain-reference.jpg",
          "lossless-16x12.webp",
          "lzw-orientation-6-16x12.tif",
          "orientation-6-16x12.png",
          "plain-16x12.bmp",
          "png-grey-trns-76-is-transparent.png",
          "png-rgb-trns-red-is-transparent.png",
          "progressive-16x12.jpg",
          "webp-named-jpg.jpg");

  private ImageFiles() {}

  public static byte[] read(String name) {
    try (InputStream in = ImageFiles.class.getResourceAsStream("images/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Picture decode(String name) {
    return ImageDecoder.decode(name, read(name), true);
  }
}
