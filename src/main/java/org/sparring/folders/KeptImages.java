package org.sparring.folders;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sparring.pictures.ImageBytes;
import org.sparring.pictures.ImageDecoder;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Picture;

/**
 * Some images of a folder or an archive. Files of a folder are decoded when read; an archive is
 * decoded once, into memory.
 *
 * @param kept indices of the images at the place, in the order of the samples
 * @param packed the decoded images of an archive
 */
record KeptImages(
    ImagePlace place, int[] kept, Conversion conversion, Optional<PackedImages> packed) {

  static KeptImages of(ImagePlace place, int[] kept, Conversion conversion) {
    return new KeptImages(
        place,
        kept,
        conversion,
        place.file(0).isPresent()
            ? Optional.empty()
            : Optional.of(PackedImages.decode(place, kept, conversion)));
  }

  /** Writes the pixels of sample {@code index}. */
  void read(int index, byte[] into, int offset) {
    int each = conversion.geometry().bytes();
    if (packed.isPresent()) {
      System.arraycopy(packed.get().pixels(), index * each, into, offset, each);
    } else {
      Path file = file(index);
      Picture picture = conversion.decoded(file.toString(), FolderImages.bytes(file));
      System.arraycopy(conversion.fit().apply(picture).pixels(), 0, into, offset, each);
    }
  }

  /** Hashes of the encoded bytes of the samples. */
  List<String> hashes() {
    return packed
        .map(PackedImages::hashes)
        .orElseGet(
            () ->
                IntStream.range(0, kept.length)
                    .parallel()
                    .mapToObj(
                        i -> ImageBytes.hash(FolderImages.bytes(file(i)), conversion.oriented()))
                    .toList());
  }

  /** Heights and widths before resizing; of files they are read from their headers. */
  List<ImageGeometry> sizes() {
    return packed
        .map(PackedImages::sizes)
        .orElseGet(
            () -> IntStream.range(0, kept.length).parallel().mapToObj(i -> size(file(i))).toList());
  }

  private ImageGeometry size(Path file) {
    return ImageDecoder.size(file.toString(), FolderImages.bytes(file), conversion.oriented());
  }

  /** The files of the samples, where the place is a folder. */
  Optional<List<Path>> files() {
    return packed.isPresent()
        ? Optional.empty()
        : Optional.of(IntStream.range(0, kept.length).mapToObj(this::file).toList());
  }

  private Path file(int index) {
    return place.file(kept[index]).orElseThrow();
  }
}
