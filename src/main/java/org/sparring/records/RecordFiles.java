package org.sparring.records;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sparring.archives.PartNames;
import org.sparring.data.Split;
import org.sparring.errors.DataException;
import org.sparring.pictures.ImageDecoder;

/**
 * The files of one part of a data set. In a folder, files whose name or folder contains {@code
 * train} are training files; files with {@code test}, or else with {@code validation}, are held
 * out.
 *
 * @param files sorted by name
 * @param whole whether the data set has no parts, so that these are all its files
 */
public record RecordFiles(List<Path> files, boolean whole) {
  private static final Pattern TRAIN = part(PartNames.TRAIN);
  private static final Pattern TEST = part(PartNames.TEST);
  private static final Pattern VALIDATION = part(PartNames.VALIDATION);
  private static final int DEEPEST = 4;

  private static Pattern part(List<String> words) {
    return Pattern.compile("(?:.*[/_.-])?(?:" + String.join("|", words) + ")(?:[/_.-].*)?");
  }

  /**
   * Finds the files of a part.
   *
   * @param place a file, or a folder that is searched
   * @param split the part
   * @param isRecord whether a lower-case file name belongs to a record file
   * @param what kind of file that is expected, for messages
   */
  static RecordFiles of(Path place, Split split, Predicate<String> isRecord, String what) {
    if (Files.isRegularFile(place)) {
      return new RecordFiles(List.of(place), true);
    }
    List<Path> all = Files.isDirectory(place) ? below(place, isRecord) : List.of();
    if (all.isEmpty()) {
      String found = Files.exists(place) ? "none" : "nothing there";
      throw DataException.in(place, what, found, "Name such a file or a folder of them.");
    }
    List<Path> train = matching(place, all, TRAIN);
    List<Path> test = matching(place, all, TEST);
    List<Path> heldOut = test.isEmpty() ? matching(place, all, VALIDATION) : test;
    if (train.isEmpty()) {
      return new RecordFiles(all, true);
    }
    boolean parts = !heldOut.isEmpty();
    return new RecordFiles(parts && split == Split.TEST ? heldOut : train, !parts);
  }

  /**
   * Returns the source type that fits a path: if it is a record file, or a folder with record files
   * and without images.
   */
  public static Optional<String> source(Path place) {
    if (Files.isRegularFile(place)) {
      return kind(place).map(found -> found + ":" + place);
    }
    try {
      if (!Files.isDirectory(place) || !below(place, ImageDecoder::isImageName).isEmpty()) {
        return Optional.empty();
      }
      return below(place, name -> kind(Path.of(name)).isPresent()).stream()
          .findFirst()
          .map(file -> kind(file).orElseThrow() + ":" + (isNumpy(file) ? file : place));
    } catch (DataException e) {
      return Optional.empty();
    }
  }

  private static boolean isNumpy(Path file) {
    return kind(file).equals(Optional.of("npz"));
  }

  private static Optional<String> kind(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".parquet")) {
      return Optional.of("parquet");
    }
    if (TfRecordSource.isRecord(name)) {
      return Optional.of("tfrecord");
    }
    boolean numpy = name.endsWith(".npz") || name.endsWith(".npy");
    return numpy ? Optional.of("npz") : Optional.empty();
  }

  private static List<Path> below(Path folder, Predicate<String> isRecord) {
    try (Stream<Path> found = Files.walk(folder, DEEPEST)) {
      return found
          .filter(Files::isRegularFile)
          .filter(file -> isRecord.test(name(folder, file)))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw DataException.in(
              folder,
              "a readable folder",
              String.valueOf(e.getMessage()),
              "Check that the folder exists and is readable.")
          .because(e);
    }
  }

  private static List<Path> matching(Path folder, List<Path> files, Pattern part) {
    return files.stream().filter(file -> part.matcher(name(folder, file)).matches()).toList();
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/').toLowerCase(Locale.ROOT);
  }
}
