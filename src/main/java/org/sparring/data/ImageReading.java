package org.sparring.data;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;

/** One use of an ImageIO reader on one encoded image. Nothing is written to disk. */
final class ImageReading implements AutoCloseable {
  /** What the JPEG reader warns of where it fills in pixels that the file does not have. */
  private static final String PREMATURE = "premature end";

  private final ImageReader reader;
  private final List<String> warnings = new ArrayList<>();

  ImageReading(ImageFormat format, byte[] encoded) throws IOException {
    reader = format.reader().createReaderInstance();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    reader.setInput(new EncodedStream(encoded), false, true);
  }

  int width() throws IOException {
    return reader.getWidth(0);
  }

  int height() throws IOException {
    return reader.getHeight(0);
  }

  /** The first image. */
  BufferedImage image() throws IOException {
    return complete(reader.read(0));
  }

  /** The first image's values without any conversion of colours. */
  Raster raster() throws IOException {
    return complete(reader.readRaster(0, null));
  }

  private <T> T complete(T read) throws IOException {
    for (String warning : warnings) {
      if (warning != null && warning.toLowerCase(Locale.ROOT).contains(PREMATURE)) {
        throw new IIOException("cut short: " + warning);
      }
    }
    return read;
  }

  @Override
  public void close() {
    reader.dispose();
  }
}
