package org.sparring.folders;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sparring.archives.Archive;
import org.sparring.data.ClassNames;
import org.sparring.data.ImageOptions;
import org.sparring.data.Split;
import org.sparring.errors.DataException;
import org.sparring.pictures.Fit;
import org.sparring.pictures.ImageFormat;
import org.sparring.records.RecordFiles;

/**
 * A folder or archive of images with its parts and classes.
 *
 * @param classes of all images at the place, so that a class has the same number in each part
 */
public record OpenedFolder(
    ImagePlace place, Parts parts, ImageClasses classes, Fit fit, ImageOptions options) {
  static final String REMEDY = "Name a folder, .zip, .tar, .tar.gz, .tar.xz or .tar.bz2 of images.";

  private static final String REPACK = "Copy or pack the archive again.";

  static OpenedFolder of(ImagePlace place, Fit fit, ImageOptions options) {
    requireImages(place);
    List<String> keys = GroupKeys.of(options, place, place.names());
    return of(place, keys, Holdout.of(options.heldOut(), keys), fit, options);
  }

  /**
   * @param keys the group of each image
   * @param holdout selects the groups to hold out
   */
  static OpenedFolder of(
      ImagePlace place, List<String> keys, Holdout holdout, Fit fit, ImageOptions options) {
    Parts parts = Parts.of(place.path(), place.names(), keys, holdout);
    return new OpenedFolder(place, parts, classes(place, parts), fit, options);
  }

  /** Lists the images of a folder or an archive. */
  public static ImagePlace place(Path place) {
    if (Files.isDirectory(place)) {
      return FolderImages.list(place, REMEDY);
    }
    if (Files.isRegularFile(place) && Archive.isArchive(place)) {
      return ArchiveImages.list(new Archive(place, REPACK));
    }
    String found = Files.exists(place) ? "another kind of file" : "nothing there";
    throw DataException.in(place, "a folder or archive of images", found, remedy(place, REMEDY));
  }

  static void requireImages(ImagePlace place) {
    if (place.names().isEmpty()) {
      String skipped = place.skipped().summary();
      throw DataException.in(
          place.path(),
          "at least one image (" + ImageFormat.ALL + ")",
          skipped.isEmpty() ? "none" : "none; " + skipped,
          remedy(place.path(), "Put images there. " + REMEDY));
    }
  }

  /** Returns the remedy, which suggests another source if the path contains record files. */
  private static String remedy(Path place, String other) {
    return RecordFiles.source(place).map(source -> "Did you mean " + source + "?").orElse(other);
  }

  static ImageClasses classes(ImagePlace place, Parts parts) {
    List<String> names = place.names();
    List<List<String>> folders =
        List.of(List.of(""), List.of(ImageClasses.sharedFolder(names)), parts.folders());
    ClassTables.Found found = ClassTables.read(place.tables(), folders, place::title);
    return ImageClasses.of(names, parts, found);
  }

  /** Returns whether the data set has no parts. */
  boolean isWhole() {
    return parts.heldOut().isEmpty();
  }

  /** Returns a part; if there are no parts, all images. */
  Parts.Part part(Split split) {
    return split == Split.TEST ? parts.heldOut().orElse(parts.train()) : parts.train();
  }

  /** Returns the part of an image; empty if it is in neither part. */
  public Optional<Split> partOf(int index) {
    if (parts.train().holds(index)) {
      return Optional.of(Split.TRAIN);
    }
    return parts.heldOut().filter(part -> part.holds(index)).map(part -> Split.TEST);
  }

  /**
   * Returns a one-line summary of a part.
   *
   * @param size number of images of the part that are used
   * @param missing classes without an image in the part
   * @param bad names of the skipped images
   */
  String summary(Split split, int size, List<String> missing, List<String> bad) {
    StringBuilder line = new StringBuilder(size + (size == 1 ? " image" : " images"));
    parts.heldOut().ifPresent(held -> line.append(words(split, held.kept())));
    if (!classes.names().isEmpty()) {
      line.append(", ").append(ClassNames.summary(classes.names()));
      line.append(classes.reason().isEmpty() ? "" : " (" + classes.reason() + ")");
      if (split == Split.TRAIN && !missing.isEmpty()) {
        String which =
            missing.size() == 1 ? "class " + missing.get(0) : ClassNames.summary(missing);
        line.append("; no image to train on of ").append(which);
      }
    } else if (!classes.reason().isEmpty()) {
      line.append(", no classes (").append(classes.reason()).append(")");
    }
    parts.unused().forEach((f, n) -> line.append("; ").append(n).append(" in " + f + "/ unused"));
    return line + place.skipped().rest(bad);
  }

  private String words(Split split, int[] heldOut) {
    boolean lost = !classes.names().isEmpty() && classes.of(heldOut).names().isEmpty();
    String held = " held out" + (lost ? " without classes" : "");
    return split == Split.TRAIN
        ? " to train on, " + heldOut.length + held
        : held + ", " + parts.train().kept().length + " to train on";
  }
}
