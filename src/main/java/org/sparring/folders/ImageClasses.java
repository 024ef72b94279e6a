package org.sparring.folders;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.sparring.data.ClassNames;

/**
 * The class of each image of a data set. A table of classes decides if there is one. Otherwise a
 * class is a folder: the first level of folders, from the root to the images, that has two or more
 * folders and no images next to them.
 *
 * @param names class names by class number; empty if the images are unlabelled
 * @param each class number of each image, or −1 for a held-out image without a class; empty if the
 *     images are unlabelled
 * @param reason why images that seem to have classes are unlabelled, or why tables that seem to
 *     name the classes do not; empty where there is nothing to report
 */
public record ImageClasses(List<String> names, int[] each, String reason) {
  /**
   * Folder names as in the StyleGAN and FFHQ data sets, which group images by the thousand and are
   * not classes.
   */
  private static final Pattern BUCKETED =
      Pattern.compile("(?:.*/)?(?<folder>\\d{5,})/(?<img>img)?(?<number>\\d{5,9})\\.\\w+");

  private static final int BUCKET = 1000;

  /**
   * Determines the classes.
   *
   * @param images names of the images
   * @param parts parts of the data set; if folders define the held-out part, its images need no
   *     classes
   * @param found class tables
   */
  public static ImageClasses of(List<String> images, Parts parts, ClassTables.Found found) {
    List<String> passedOver = new ArrayList<>(found.passedOver());
    int[] heldOut = parts.heldOutByFolder();
    if (found.table().isPresent()) {
      ClassTables table = found.table().get();
      if (table.certain() || images.stream().anyMatch(table.labels()::containsKey)) {
        return ofTable(images, heldOut, table);
      }
      passedOver.add(namesNone(table));
    }
    return ofFolders(images, parts.namesInside(images), heldOut).withReasons(passedOver);
  }

  private ImageClasses withReasons(List<String> more) {
    List<String> all = new ArrayList<>(more);
    if (!reason.isEmpty()) {
      all.add(reason);
    }
    return new ImageClasses(names, each, String.join("; ", all));
  }

  /** Returns the class number of an image, or −1. */
  public int of(int index) {
    return names.isEmpty() ? -1 : each[index];
  }

  /** Returns the classes of the given images; unlabelled if none of them has a class. */
  public ImageClasses of(int[] kept) {
    if (names.isEmpty()) {
      return this;
    }
    int[] some = IntStream.of(kept).map(i -> each[i]).toArray();
    return IntStream.of(some).allMatch(label -> label < 0)
        ? none("images of no class")
        : new ImageClasses(names, some, reason);
  }

  /** Returns the classes without images. */
  List<String> missing() {
    return IntStream.range(0, names.size())
        .filter(label -> IntStream.of(each).noneMatch(found -> found == label))
        .mapToObj(names::get)
        .toList();
  }

  private static ImageClasses ofTable(List<String> images, int[] heldOut, ClassTables table) {
    String[] labels = images.stream().map(table.labels()::get).toArray(String[]::new);
    int[] without = indices(labels.length, i -> labels[i] == null);
    if (without.length == images.size()) {
      return none(table.labels().isEmpty() ? table.lacking() : namesNone(table));
    }
    if (without.length > 0 && !Arrays.equals(without, heldOut)) {
      return none(table.file() + " has no class for " + some(images, without));
    }
    List<String> found = ClassNames.sorted(Arrays.stream(labels).filter(Objects::nonNull).toList());
    return ranked(labels, table.classes().containsAll(found) ? table.classes() : found);
  }

  private static String namesNone(ClassTables table) {
    return table.file() + " names none of the images";
  }

  private static ImageClasses ofFolders(List<String> images, List<String> inside, int[] heldOut) {
    int[] flat = indices(images.size(), i -> inside.get(i).indexOf('/') < 0);
    boolean apart = heldOut.length > 0 && Arrays.equals(flat, heldOut);
    IntPredicate wanted = i -> !apart || Arrays.binarySearch(heldOut, i) < 0;
    int[] labelled = indices(images.size(), wanted);
    List<String> names = IntStream.of(labelled).mapToObj(inside::get).toList();
    int start = sharedFolder(names).length();
    int[] outside =
        IntStream.of(labelled).filter(i -> inside.get(i).indexOf('/', start) < 0).toArray();
    if (outside.length == labelled.length) {
      return none("");
    }
    if (outside.length > 0) {
      return none(some(images, outside) + " next to class folders");
    }
    String[] folders = new String[images.size()];
    for (int i : labelled) {
      folders[i] = inside.get(i).substring(start, inside.get(i).indexOf('/', start));
    }
    List<String> different = Arrays.stream(folders).filter(Objects::nonNull).toList();
    if (names.stream().allMatch(ImageClasses::isBucketed)) {
      return none("folders such as " + different.get(0) + " hold images by the thousand");
    }
    return ranked(folders, ClassNames.sorted(different));
  }

  private static int[] indices(int size, IntPredicate wanted) {
    return IntStream.range(0, size).filter(wanted).toArray();
  }

  /**
   * Returns the innermost folder that contains all images, ending in a slash; empty for the root.
   */
  static String sharedFolder(List<String> images) {
    String shared = images.get(0).substring(0, images.get(0).lastIndexOf('/') + 1);
    for (String image : images) {
      while (!image.startsWith(shared)) {
        shared = shared.substring(0, shared.lastIndexOf('/', shared.length() - 2) + 1);
      }
    }
    return shared;
  }

  private static boolean isBucketed(String image) {
    Matcher found = BUCKETED.matcher(image);
    if (!found.matches()) {
      return false;
    }
    long folder = Long.parseLong(found.group("folder"));
    long number = Long.parseLong(found.group("number"));
    return found.group("img") != null
        || number / BUCKET == folder
        || (folder % BUCKET == 0 && number / BUCKET * BUCKET == folder);
  }

  /**
   * @param labels class name of each image; null for an image without a class
   */
  private static ImageClasses ranked(String[] labels, List<String> names) {
    Map<String, Integer> ranks = new HashMap<>();
    names.forEach(name -> ranks.put(name, ranks.size()));
    int[] each = Arrays.stream(labels).mapToInt(label -> ranks.getOrDefault(label, -1)).toArray();
    return new ImageClasses(names, each, "");
  }

  private static ImageClasses none(String reason) {
    return new ImageClasses(List.of(), new int[0], reason);
  }

  private static String some(List<String> images, int[] indices) {
    int count = indices.length;
    return count + (count == 1 ? " image: " : " images, such as ") + images.get(indices[0]);
  }
}
