package org.sparring.picturefiles;

import java.io.IOException;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.DataException;
import org.sparring.errors.DiskFault;
import org.sparring.exports.PictureFunction;
import org.sparring.inference.ImageModel;
import org.sparring.inference.PictureRows;
import org.sparring.pictures.Fit;
import org.sparring.pictures.ImageBytes;
import org.sparring.pictures.ImageDecoder;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Picture;

/**
 * Makes picture files of picture files by a function of a model. The EXIF orientation is applied. A
 * picture with transparency is computed over white; its alpha is resized by the bicubic method and
 * taken out of the computed colours again, except in a JPEG, which shows it over white.
 *
 * @param model is not closed here
 * @param function of the model
 * @param tile side in input pixels of the parts in which a picture is computed
 */
public record PictureTranslator(ImageModel model, PictureFunction function, int tile) {
  public PictureTranslator {
    ArgumentException.requireAtLeast("tile", tile, ImageModel.LEAST_TILE);
  }

  /**
   * Reads a picture and writes what the function makes of it.
   *
   * @param progress receives the number of finished rows of the written picture, from time to time
   * @return the shape of the written picture
   * @throws DataException if the picture cannot be read, or the function cannot take it
   */
  public ImageGeometry translate(PictureJob job, IntConsumer progress) {
    Picture source = read(job);
    PictureRows rows = model.rows(function, input(job, source), tile);
    ImageGeometry shown = rows.geometry();
    boolean keepsAlpha = isSplit(source) && !PictureWriter.isJpeg(job.out());
    ImageGeometry written = keepsAlpha ? shown.withChannels(shown.channels() + 1) : shown;
    Supplier<byte[]> counted = counted(rows, progress);
    AlphaRows alpha = keepsAlpha ? new AlphaRows(source, shown) : null;
    Supplier<byte[]> all = alpha == null ? counted : () -> alpha.with(counted.get());
    PictureWriter.write(new RowImage(written, all), job.out());
    return written;
  }

  private static Supplier<byte[]> counted(PictureRows rows, IntConsumer progress) {
    int row = rows.geometry().width() * rows.geometry().channels();
    int[] done = new int[1];
    return () -> {
      byte[] next = rows.next();
      done[0] += next.length / row;
      progress.accept(done[0]);
      return next;
    };
  }

  private static Picture read(PictureJob job) {
    try {
      return ImageDecoder.decode(job.in().toString(), ImageBytes.read(job.in()));
    } catch (IOException e) {
      String reason = DiskFault.in(e).map(DiskFault::words).orElseGet(e::toString);
      throw DataException.in(job.in(), "a readable file", reason, "Check its permissions.")
          .because(e);
    }
  }

  /** Whether alpha is kept apart from the function, which takes pictures without it. */
  private boolean isSplit(Picture source) {
    return source.geometry().channels() % 2 == 0
        && function.inputChannels() % 2 == 1
        && function.outputChannels() % 2 == 1;
  }

  /** Grey becomes RGB where a function takes colours; a function of grey refuses colours. */
  private Picture input(PictureJob job, Picture source) {
    int channels = function.inputChannels();
    if (channels <= 2 && source.geometry().channels() > 2) {
      throw DataException.in(
          job.in(),
          "a grey picture, which " + function.name() + " takes",
          "a picture of " + source.geometry().channels() + " channels",
          "Convert it to grey, or choose a model of colours.");
    }
    return new Fit(0, channels).apply(source);
  }
}
