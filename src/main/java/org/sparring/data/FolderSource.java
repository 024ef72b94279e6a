package org.sparring.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Images of any sizes below a folder, or in an archive, brought to one square size. The order is
 * that of the relative paths, compared character by character, so a folder and its archive give the
 * same images under the same indices and the same content hash.
 *
 * <p>Files of a folder are decoded when read; an archive is decoded once, into memory. {@link
 * ImageClasses} says which class an image is of, {@link Parts} which images are held out. See
 * {@code docs/decisions/0022-what-a-class-is.md}.
 */
public final class FolderSource implements ImageSource {
  /** What side 0 and channels 0 mean here: images of mixed sizes have no native geometry. */
  static final ImageGeometry NATIVE = new ImageGeometry(64, 64, 3);

  private static final String REMEDY =
      "Name a folder, .zip, .tar, .tar.gz, .tar.xz or .tar.bz2 of images.";

  private static final String REPACK = "Copy or pack the archive again.";

  private final Opened opened;
  private final Split split;
  private final Parts.Part part;
  private final List<String> names;
  private final ImageClasses classes;
  private final List<String> bad;
  private final Optional<PackedImages> packed;
  private String contentHash;

  /** What both parts of a data set share. */
  private record Opened(
      ImagePlace place, Parts parts, ImageClasses classes, Fit fit, FolderOptions options) {
    static Opened of(ImagePlace place, Fit fit, FolderOptions options) {
      nonEmpty(place.path(), place.names());
      Parts parts = Parts.of(place, options.heldOut());
      return new Opened(place, parts, classes(place, parts), fit, options);
    }

    /** Of all images, so that a class has the same number in both parts. */
    private static ImageClasses classes(ImagePlace place, Parts parts) {
      List<String> names = place.names();
      List<List<String>> folders =
          List.of(List.of(""), List.of(ImageClasses.sharedFolder(names)), parts.folders());
      Optional<ClassTables> table = ClassTables.read(place.tables(), folders, place::title);
      return ImageClasses.of(table.isPresent() ? names : parts.namesInside(names), table);
    }

    boolean has(Split split) {
      return split == Split.TRAIN || parts.heldOut().isPresent();
    }
  }

  private FolderSource(Opened opened, Split split) {
    this.opened = opened;
    this.split = split;
    ImagePlace place = opened.place();
    Parts.Part all =
        split == Split.TEST
            ? opened.parts().heldOut().orElse(opened.parts().train())
            : opened.parts().train();
    Map<Integer, String> faults =
        opened.options().skipBad() ? BadImages.of(place, all.kept()) : Map.of();
    part = all.without(faults.keySet());
    bad = faults.keySet().stream().map(place.names()::get).toList();
    names = part.names(place.names());
    if (names.isEmpty()) {
      throw DataException.in(
          place.path(), "an image that can be decoded", "none of " + bad.size(), REMEDY);
    }
    classes = opened.classes().of(part.kept());
    packed =
        place.file(0).isPresent()
            ? Optional.empty()
            : Optional.of(PackedImages.decode(place, part.kept(), opened.fit(), oriented()));
  }

  /**
   * Finds the images of a folder, or decodes those of an archive: all, or those to train on.
   *
   * @param place a folder, searched with all its subfolders, or an archive
   * @param side pixels, or 0 for 64
   * @param channels 1–4, or 0 for 3
   */
  public static FolderSource open(Path place, int side, int channels) {
    return open(place, side, channels, Split.TRAIN, FolderOptions.DEFAULT);
  }

  /**
   * The same of a part.
   *
   * @param split the part; all images where the data set has no parts
   */
  public static FolderSource open(
      Path place, int side, int channels, Split split, FolderOptions options) {
    return new FolderSource(Opened.of(place(place), fit(side, channels), options), split);
  }

  /** What brings images to a size; 0 is the size of {@link #NATIVE}. */
  static Fit fit(int side, int channels) {
    return new Fit(
        side == 0 ? NATIVE.height() : side, channels == 0 ? NATIVE.channels() : channels);
  }

  /** Lists a folder or an archive. */
  static ImagePlace place(Path place) {
    if (Files.isDirectory(place)) {
      return FolderImages.list(place, REMEDY);
    }
    if (Files.isRegularFile(place) && Archive.isArchive(place)) {
      return ArchiveImages.list(new Archive(place, REPACK));
    }
    String found = Files.exists(place) ? "another kind of file" : "nothing there";
    throw DataException.in(place, "a folder or archive of images", found, REMEDY);
  }

  /** Refuses a place without a single image. */
  static List<String> nonEmpty(Path place, List<String> names) {
    if (names.isEmpty()) {
      throw DataException.in(
          place,
          "at least one image (" + ImageFormat.ALL + ")",
          "none",
          "Put images there. " + REMEDY);
    }
    return names;
  }

  /** The images that are held out from training; empty where none are. */
  public Optional<FolderSource> heldOut() {
    return isWhole() ? Optional.empty() : Optional.of(new FolderSource(opened, Split.TEST));
  }

  @Override
  public boolean isWhole() {
    return !opened.has(Split.TEST);
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
    return opened.fit().geometry(NATIVE);
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    Limits.checkRead(this, index, into, offset);
    int each = geometry().bytes();
    if (packed.isPresent()) {
      System.arraycopy(packed.get().pixels(), index * each, into, offset, each);
    } else {
      Path file = file(index);
      Picture picture = ImageDecoder.decode(file.toString(), FolderImages.bytes(file), oriented());
      System.arraycopy(opened.fit().apply(picture).pixels(), 0, into, offset, each);
    }
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

  ImagePlace place() {
    return opened.place();
  }

  /** Why images that seem to have classes have none. */
  String reason() {
    return classes.reason();
  }

  /** The class of an image of the place, whatever its part. */
  int labelOf(int index) {
    return opened.classes().of(index);
  }

  /** In which part an image of the place is. */
  String partOf(int index, String train, String heldOut) {
    if (opened.parts().train().holds(index)) {
      return train;
    }
    boolean held = opened.parts().heldOut().filter(part -> part.holds(index)).isPresent();
    return held ? heldOut : "unused";
  }

  @Override
  public String summary() {
    StringBuilder line = new StringBuilder(size() + (size() == 1 ? " image" : " images"));
    opened.parts().heldOut().ifPresent(held -> line.append(" to ").append(partWords(held)));
    if (classes() > 0) {
      line.append(", ").append(ClassNames.summary(labelNames()));
    } else if (!classes.reason().isEmpty()) {
      line.append(", no classes (").append(classes.reason()).append(")");
    }
    Skipped skipped = opened.place().skipped().copy();
    bad.forEach(name -> skipped.add(Skipped.BAD, name));
    opened
        .parts()
        .unused()
        .forEach((f, n) -> line.append("; ").append(n + " in " + f + "/ unused"));
    line.append(skipped.count() == 0 ? "" : "; " + skipped.summary());
    return line + (bad.isEmpty() ? "" : " (" + some(bad) + ")");
  }

  private String partWords(Parts.Part heldOut) {
    String train = split == Split.TRAIN ? "train on, " : "test on, ";
    int other = split == Split.TRAIN ? heldOut.kept().length : opened.parts().train().kept().length;
    return train + other + (split == Split.TRAIN ? " held out" : " to train on");
  }

  private static String some(List<String> bad) {
    int most = 3;
    return bad.stream().limit(most).collect(Collectors.joining(", "))
        + (bad.size() > most ? ", …" : "");
  }

  @Override
  public Optional<List<Path>> files() {
    return packed.isPresent()
        ? Optional.empty()
        : Optional.of(IntStream.range(0, size()).mapToObj(this::file).toList());
  }

  /** Hashes names, sizes and encoded bytes: the same for a folder and for its archive. */
  @Override
  public synchronized String contentHash() {
    if (contentHash == null) {
      List<String> each =
          packed
              .map(PackedImages::hashes)
              .orElseGet(
                  () ->
                      IntStream.range(0, size())
                          .parallel()
                          .mapToObj(i -> hash(FolderImages.bytes(file(i)), oriented()))
                          .toList());
      ContentHash all = new ContentHash().geometry(geometry());
      for (int i = 0; i < size(); i++) {
        all.text(names.get(i)).text(each.get(i));
      }
      contentHash = all.hex();
    }
    return contentHash;
  }

  /**
   * The hash of one encoded image, its size included. An image that is turned has another hash than
   * the same image as it is stored; one that is upright has the same hash either way.
   */
  static String hash(byte[] encoded, boolean oriented) {
    ContentHash hash = new ContentHash().number(encoded.length).bytes(encoded);
    int orientation = oriented ? ImageDecoder.orientation(encoded) : Orientation.UPRIGHT;
    return (orientation == Orientation.UPRIGHT ? hash : hash.number(orientation)).hex();
  }

  private boolean oriented() {
    return opened.options().oriented();
  }

  private Path file(int index) {
    return opened.place().file(part.kept()[index]).orElseThrow();
  }
}
