package org.sparring.folders;

import java.util.List;
import org.sparring.pictures.Fit;
import org.sparring.pictures.ImageBytes;
import org.sparring.pictures.ImageDecoder;
import org.sparring.pictures.Limits;
import org.sparring.pictures.Picture;

/**
 * Decoded and resized images of an archive.
 *
 * @param pixels pixels, {@code (size, side, side, channels)}
 * @param hashes hashes of the encoded bytes, in the order of the images
 */
record PackedImages(byte[] pixels, List<String> hashes) {

  /**
   * Reads an archive once.
   *
   * @param kept indices of the images to decode, ascending
   * @param oriented whether the EXIF orientation is applied
   */
  static PackedImages decode(ImagePlace archive, int[] kept, Fit fit, boolean oriented) {
    int each = fit.geometry(Fit.PHOTO).bytes();
    byte[] pixels = new byte[Limits.arrayLength(archive.path().toString(), kept.length, each)];
    String[] hashes = new String[kept.length];
    int[] places = new int[archive.names().size()];
    for (int i = 0; i < kept.length; i++) {
      places[kept[i]] = i + 1;
    }
    archive.read(
        index -> places[index] > 0,
        (index, encoded) -> {
          int place = places[index] - 1;
          String name = archive.title(archive.names().get(index));
          Picture fitted = fit.apply(ImageDecoder.decode(name, encoded, oriented));
          System.arraycopy(fitted.pixels(), 0, pixels, place * each, each);
          hashes[place] = ImageBytes.hash(encoded, oriented);
        });
    return new PackedImages(pixels, List.of(hashes));
  }
}
