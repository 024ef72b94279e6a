package org.sparring.folders;

import java.util.List;
import org.sparring.pictures.ImageBytes;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Limits;
import org.sparring.pictures.Picture;

/**
 * Decoded and resized images of an archive.
 *
 * @param pixels pixels, {@code (size, side, side, channels)}
 * @param hashes hashes of the encoded bytes, in the order of the images
 * @param sizes geometries before they were resized
 */
record PackedImages(byte[] pixels, List<String> hashes, List<ImageGeometry> sizes) {

  /**
   * Reads an archive once.
   *
   * @param kept indices of the images to decode, no index twice
   */
  static PackedImages decode(ImagePlace archive, int[] kept, Conversion conversion) {
    int each = conversion.geometry().bytes();
    byte[] pixels = new byte[Limits.arrayLength(archive.path().toString(), kept.length, each)];
    String[] hashes = new String[kept.length];
    ImageGeometry[] sizes = new ImageGeometry[kept.length];
    int[] places = new int[archive.names().size()];
    for (int i = 0; i < kept.length; i++) {
      places[kept[i]] = i + 1;
    }
    archive.read(
        index -> places[index] > 0,
        (index, encoded) -> {
          int place = places[index] - 1;
          String name = archive.title(archive.names().get(index));
          Picture picture = conversion.decoded(name, encoded);
          System.arraycopy(conversion.fit().apply(picture).pixels(), 0, pixels, place * each, each);
          hashes[place] = ImageBytes.hash(encoded, conversion.oriented());
          sizes[place] = picture.geometry();
        });
    return new PackedImages(pixels, List.of(hashes), List.of(sizes));
  }
}
