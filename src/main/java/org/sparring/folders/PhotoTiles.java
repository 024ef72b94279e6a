package org.sparring.folders;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.sparring.data.ImageOptions;
import org.sparring.data.ImageSource;
import org.sparring.data.Split;
import org.sparring.errors.DataException;
import org.sparring.pictures.ContentHash;
import org.sparring.pictures.Fit;
import org.sparring.pictures.ImageBytes;
import org.sparring.pictures.ImageGeometry;

/**
 * Overlapping squares of photographs of any sizes, which are not resized. The squares of a photo
 * begin every half side; the last ones of each row and column end at the border. All squares of a
 * photo, and of a group of photos, are in the same part.
 *
 * <p>Photos are decoded once, and kept as bytes; squares are copied from them when they are read.
 */
public final class PhotoTiles implements ImageSource {
  private final OpenedFolder opened;
  private final Split split;
  private final ImageGeometry tile;
  private final List<DecodedPhoto> photos;
  private final List<String> skipped;

  /** Number of squares before each photo, and of all of them. */
  private final int[] starts;

  private PhotoTiles(OpenedFolder opened, Split split) {
    this.opened = opened;
    this.split = split;
    tile = opened.fit().geometry(Fit.PHOTO);
    Map<Integer, DataException> faults = new ConcurrentSkipListMap<>();
    photos = decoded(faults);
    skipped = faults.keySet().stream().map(opened.place().names()::get).toList();
    if (photos.isEmpty()) {
      throw DataException.in(
          opened.place().path(),
          "a photo of at least " + tile.width() + "×" + tile.height() + " pixels",
          "none of " + skipped.size(),
          "Set data.side to a smaller size.");
    }
    starts = new int[photos.size() + 1];
    for (int i = 0; i < photos.size(); i++) {
      starts[i + 1] = Math.addExact(starts[i], photos.get(i).tiles());
    }
  }

  /**
   * Decodes one part of the photographs of a folder or an archive.
   *
   * @param side of the squares in pixels, or 0 for 64
   * @param channels 1 or 3; 0 for 3
   * @throws DataException if a photo is smaller than a square and bad images are not left out
   */
  public static PhotoTiles open(
      Path place, int side, int channels, Split split, ImageOptions options) {
    if (channels != 0 && channels != 1 && channels != 3) {
      throw DataException.in(
          place,
          "data.channels 1 (grey) or 3 (RGB) for photos",
          String.valueOf(channels),
          "Set data.channels to 3.");
    }
    Fit fit = Fit.ofPhotos(side, channels);
    return new PhotoTiles(OpenedFolder.of(OpenedFolder.place(place), fit, options), split);
  }

  private List<DecodedPhoto> decoded(Map<Integer, DataException> faults) {
    int[] kept = opened.part(split).kept();
    Map<Integer, DecodedPhoto> decoded = new ConcurrentSkipListMap<>();
    AtomicLong bytes = new AtomicLong();
    opened
        .place()
        .read(
            index -> Arrays.binarySearch(kept, index) >= 0,
            new ImagePlace.Reader() {
              @Override
              public void read(int index, byte[] encoded) {
                photo(index, encoded)
                    .ifPresent(
                        photo -> {
                          requireMemory(bytes.addAndGet(photo.picture().pixels().length));
                          decoded.put(index, photo);
                        });
              }

              private Optional<DecodedPhoto> photo(int index, byte[] encoded) {
                try {
                  return Optional.of(PhotoTiles.this.photo(index, encoded));
                } catch (DataException e) {
                  unreadable(index, e);
                  return Optional.empty();
                }
              }

              @Override
              public void unreadable(int index, DataException reason) {
                if (!opened.options().skipBad()) {
                  throw reason;
                }
                faults.put(index, reason);
              }
            });
    return List.copyOf(decoded.values());
  }

  private DecodedPhoto photo(int index, byte[] encoded) {
    String name = opened.place().names().get(index);
    String title = opened.place().title(name);
    Conversion conversion = Conversion.of(new Fit(0, tile.channels()), opened.options());
    return DecodedPhoto.of(
        name,
        ImageBytes.hash(encoded, conversion.oriented()),
        conversion.fit().apply(conversion.decoded(title, encoded)),
        tile.height(),
        title);
  }

  /** Photos take half of the heap at most: the training graph needs the rest. */
  private void requireMemory(long bytes) {
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap / 2) {
      throw DataException.in(
          opened.place().path(),
          "photos that fit into half of " + (heap >> 20) + " MiB of memory when decoded",
          "more than " + (bytes >> 20) + " MiB",
          "Give Java more, as in SPARRING_JAVA_OPTS=-Xmx8g, or train on fewer photos.");
    }
  }

  @Override
  public String name() {
    return "photos " + opened.place().path().getFileName() + (isWhole() ? "" : " " + split);
  }

  @Override
  public int size() {
    return starts[photos.size()];
  }

  @Override
  public ImageGeometry geometry() {
    return tile;
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    checkRead(index, into, offset);
    int found = Arrays.binarySearch(starts, index);
    int photo = found >= 0 ? found : -found - 2;
    photos.get(photo).read(index - starts[photo], tile.height(), into, offset);
  }

  @Override
  public int label(int index) {
    Objects.checkIndex(index, size());
    return -1;
  }

  @Override
  public int classes() {
    return 0;
  }

  @Override
  public boolean isWhole() {
    return opened.isWhole();
  }

  @Override
  public Optional<PhotoTiles> heldOut() {
    return isWhole() || split == Split.TEST
        ? Optional.empty()
        : Optional.of(new PhotoTiles(opened, Split.TEST));
  }

  /** The names of the photos whose squares these are. */
  public List<String> photos() {
    return photos.stream().map(DecodedPhoto::name).toList();
  }

  @Override
  public String summary() {
    String squares =
        size()
            + (size() == 1 ? " square of " : " squares of ")
            + opened.summary(split, photos.size(), List.of(), skipped);
    return squares.replaceFirst(" images?", photos.size() == 1 ? " photo" : " photos");
  }

  /** Hashes names, sizes and encoded bytes of the photos of this part. */
  @Override
  public String contentHash() {
    ContentHash all = new ContentHash().text("photos").geometry(tile);
    photos.forEach(photo -> all.text(photo.name()).text(photo.hash()));
    return all.hex();
  }
}
