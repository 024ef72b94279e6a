package org.sparring.folders;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.sparring.data.ImageOptions;
import org.sparring.data.ImageSource;
import org.sparring.data.Split;
import org.sparring.errors.DataException;
import org.sparring.pictures.ContentHash;
import org.sparring.pictures.Fit;
import org.sparring.pictures.ImageGeometry;

/**
 * Images of any sizes in a folder or an archive, resized to one square size. The order is that of
 * the relative paths, compared character by character, so a folder and its archive give the same
 * images under the same indices and the same content hash.
 *
 * <p>Files of a folder are decoded when read; an archive is decoded once, into memory. {@link
 * ImageClasses} determines the classes, {@link Parts} the held-out images. See {@code
 * docs/decisions/0022-what-a-class-is.md}.
 */
public final class FolderSource implements ImageSource {
  private final OpenedFolder opened;

  private final Split split;
  private final Parts.Part part;
  private final List<String> names;
  private final ImageClasses classes;
  private final List<String> bad;
  private final KeptImages images;
  private String contentHash;

  private FolderSource(OpenedFolder opened, Split split) {
    this.opened = opened;
    this.split = split;
    ImagePlace place = opened.place();
    Parts.Part all = opened.part(split);
    Map<Integer, DataException> faults =
        opened.options().skipBad() ? BadImages.of(place, all.kept()) : Map.of();
    part = all.without(faults.keySet());
    bad = faults.keySet().stream().map(place.names()::get).toList();
    names = part.names(place.names());
    if (names.isEmpty()) {
      throw DataException.in(
          place.path(),
          "an image that can be decoded",
          "none of " + bad.size(),
          OpenedFolder.REMEDY);
    }
    classes = opened.classes().of(part.kept());
    images = KeptImages.of(place, part.kept(), Conversion.of(opened.fit(), opened.options()));
  }

  /**
   * Finds the images of a folder, or decodes an archive: all images, or the training part.
   *
   * @param place a folder, searched with all its subfolders, or an archive
   * @param side pixels, or 0 for 64
   * @param channels 1–4, or 0 for 3
   */
  public static FolderSource open(Path place, int side, int channels) {
    return open(place, side, channels, Split.TRAIN, ImageOptions.DEFAULT);
  }

  /**
   * Opens one part of a data set.
   *
   * @param split the part; if the data set has no parts, all images
   */
  public static FolderSource open(
      Path place, int side, int channels, Split split, ImageOptions options) {
    return new FolderSource(
        OpenedFolder.of(OpenedFolder.place(place), Fit.ofPhotos(side, channels), options), split);
  }

  /** Opens one part of a place whose held-out groups were chosen before. */
  static FolderSource of(OpenedFolder opened, Split split) {
    return new FolderSource(opened, split);
  }

  @Override
  public Optional<FolderSource> heldOut() {
    return isWhole() ? Optional.empty() : Optional.of(new FolderSource(opened, Split.TEST));
  }

  @Override
  public boolean isWhole() {
    return opened.isWhole();
  }

  @Override
  public String name() {
    return "folder " + opened.place().path().getFileName() + (isWhole() ? "" : " " + split);
  }

  @Override
  public int size() {
    return names.size();
  }

  @Override
  public ImageGeometry geometry() {
    return opened.fit().geometry(Fit.PHOTO);
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    checkRead(index, into, offset);
    images.read(index, into, offset);
  }

  @Override
  public int label(int index) {
    return classes.of(Objects.checkIndex(index, size()));
  }

  @Override
  public int classes() {
    return classes.names().size();
  }

  @Override
  public List<String> labelNames() {
    return classes.names();
  }

  @Override
  public String unlabelled() {
    return classes.reason().isEmpty() ? "images without classes" : classes.reason();
  }

  /** Returns the opened folder or archive with all its parts. */
  public OpenedFolder opened() {
    return opened;
  }

  @Override
  public String summary() {
    return opened.summary(split, size(), classes.missing(), bad);
  }

  @Override
  public Optional<List<Path>> files() {
    return images.files();
  }

  /** Hashes names, sizes and encoded bytes: the same for a folder and for its archive. */
  @Override
  public synchronized String contentHash() {
    if (contentHash == null) {
      List<String> each = images.hashes();
      ContentHash all = new ContentHash().geometry(geometry());
      for (int i = 0; i < size(); i++) {
        all.text(names.get(i)).text(each.get(i));
      }
      contentHash = all.hex();
    }
    return contentHash;
  }
}
