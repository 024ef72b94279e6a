package org.sparring.picturefiles;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.sparring.storage.AtomicFiles;

/**
 * Writes PNG and JPEG files, complete or not at all. A PNG is written while its rows are computed;
 * a JPEG is held in memory as a whole, because ImageIO's encoder requires it.
 */
final class PictureWriter {
  private static final float JPEG_QUALITY = 0.95f;

  private PictureWriter() {}

  /** Returns whether a file's name has the extension of a format that is written. */
  static boolean writes(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".png") || isJpeg(file);
  }

  static boolean isJpeg(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".jpg") || name.endsWith(".jpeg");
  }

  static void write(RowImage rows, Path file) {
    RenderedImage image = isJpeg(file) ? whole(rows) : rows;
    AtomicFiles.write(
        file,
        out -> {
          ImageWriter writer =
              ImageIO.getImageWritersByFormatName(isJpeg(file) ? "jpeg" : "png").next();
          try (var encoded = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(encoded);
            writer.write(null, new IIOImage(image, null, null), parameters(writer, file));
          } finally {
            writer.dispose();
          }
        });
  }

  private static ImageWriteParam parameters(ImageWriter writer, Path file) {
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    if (isJpeg(file)) {
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(JPEG_QUALITY);
    }
    return parameters;
  }

  private static BufferedImage whole(RowImage rows) {
    WritableRaster raster =
        rows.getColorModel().createCompatibleWritableRaster(rows.getWidth(), rows.getHeight());
    for (int y = 0; y < rows.getHeight(); y++) {
      raster.setRect(rows.row(y));
    }
    return new BufferedImage(rows.getColorModel(), raster, false, null);
  }
}
