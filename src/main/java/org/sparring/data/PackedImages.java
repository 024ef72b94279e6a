package org.sparring.data;

import java.util.List;

/**
 * Images of an archive, decoded and fitted.
 *
 * @param pixels {@code (size, side, side, channels)}
 * @param hashes of the encoded bytes, in the order of the images
 */
record PackedImages(byte[] pixels, List<String> hashes) {

  /**
   * Reads an archive once.
   *
   * @param kept indices of the images to decode, in rising order
   */
  static PackedImages decode(ImagePlace archive, int[] kept, Fit fit) {
    int each = fit.geometry(FolderSource.NATIVE).bytes();
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
          Picture fitted =
              fit.apply(ImageDecoder.decode(archive.title(archive.names().get(index)), encoded));
          System.arraycopy(fitted.pixels(), 0, pixels, place * each, each);
          hashes[place] = FolderSource.hash(encoded);
        });
    return new PackedImages(pixels, List.of(hashes));
  }
}
