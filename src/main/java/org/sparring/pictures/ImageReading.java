package org.sparring.pictures;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/** One use of an ImageIO reader on one encoded image. Nothing is written to disk. */
public final class ImageReading implements AutoCloseable {
  /** Part of the warning with which the JPEG reader reports that it filled in missing pixels. */
  private static final String PREMATURE = "premature end";

  /** Bytes per pixel for four 16-bit values and the picture's four bytes. */
  private static final int MOST_BYTES_A_PIXEL = 12;

  private final ImageReader reader;
  private final List<String> warnings = new ArrayList<>();

  public ImageReading(ImageFormat format, byte[] encoded) throws IOException {
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

  /**
   * Returns the bytes per pixel needed while the first image is converted to a {@link Picture}: in
   * the reader's buffer and in the picture, or in two pictures while it is oriented, whichever is
   * larger.
   */
  public int bytesAPixel() throws IOException {
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    if (!types.hasNext()) {
      return MOST_BYTES_A_PIXEL;
    }
    ImageTypeSpecifier type = types.next();
    SampleModel model = type.getSampleModel();
    ColorModel colours = type.getColorModel();
    int stored =
        model.getNumDataElements() * (DataBuffer.getDataTypeSize(model.getDataType()) / Byte.SIZE);
    int shown = colours instanceof IndexColorModel ? 4 : model.getNumBands();
    int printed = colours.getColorSpace().getType() == ColorSpace.TYPE_CMYK ? 3 : 0;
    return Math.max(stored + shown + printed, 2 * shown);
  }

  /** Returns the first image. */
  BufferedImage image() throws IOException {
    return complete(reader.read(0));
  }

  /** Returns the values of the first image without colour conversion. */
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
