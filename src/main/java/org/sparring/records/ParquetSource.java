package org.sparring.records;

import java.nio.file.Path;
import org.sparring.data.DecodedImages;
import org.sparring.data.ImageOptions;
import org.sparring.data.ImageSource;
import org.sparring.data.Split;
import org.sparring.pictures.Fit;

/**
 * Reads Parquet files in the layout of the Hugging Face hub: a column of encoded images ({@code
 * image} with {@code bytes} and {@code path}) and a column of class numbers ({@code label}), with
 * the class names in the file's metadata.
 */
public final class ParquetSource {
  private ParquetSource() {}

  /**
   * Reads and decodes all images of a part.
   *
   * @param place a file, or a folder of {@code .parquet} files; see {@link RecordFiles}
   * @param side pixels, or 0 for 64
   * @param channels 1–4, or 0 for 3
   * @param options whether bad images are skipped, and whether the EXIF orientation is applied
   */
  public static ImageSource open(
      Path place, Split split, int side, int channels, ImageOptions options) {
    RecordFiles files =
        RecordFiles.of(place, split, name -> name.endsWith(".parquet"), "a .parquet file");
    RecordImages images = new RecordImages(place.toString(), Fit.ofPhotos(side, channels), options);
    files.files().forEach(file -> ParquetFile.read(file, images));
    String name = "parquet " + place.getFileName() + (files.whole() ? "" : " " + split);
    return new DecodedImages(name, images.contents(), files.whole());
  }
}
