package org.sparring.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which class each image of a data set is of. A table says so where there is one. Else a class is a
 * folder: of the folders on the way to the images, the first level at which there are two or more,
 * with no image beside them.
 *
 * @param names of the classes by their numbers; empty where the images are unlabelled
 * @param each the class of each image; empty where they are unlabelled
 * @param reason why images that seem to have classes are unlabelled, or why tables that seem to say
 *     the classes do not; empty where there is nothing to say
 */
record ImageClasses(List<String> names, int[] each, String reason) {
  /** Folders of StyleGAN's and FFHQ's data sets, which hold images by the thousand. */
  private static final Pattern BUCKETED =
      Pattern.compile("(?:.*/)?(?<folder>\\d{5,})/(?<img>img)?(?<number>\\d{5,9})\\.\\w+");

  private static final int BUCKET = 1000;

  /**
   * @param images their names; where no table says the classes, those inside the parts
   * @param found tables of classes
   */
  static ImageClasses of(List<String> images, List<String> inside, ClassTables.Found found) {
    List<String> passedOver = new ArrayList<>(found.passedOver());
    if (found.table().isPresent()) {
      ClassTables table = found.table().get();
      if (table.certain() || images.stream().anyMatch(table.labels()::containsKey)) {
        return ofTable(images, table);
      }
      passedOver.add(namesNone(table));
    }
    return ofFolders(inside).withReasons(passedOver);
  }

  private ImageClasses withReasons(List<String> more) {
    List<String> all = new ArrayList<>(more);
    if (!reason.isEmpty()) {
      all.add(reason);
    }
    return new ImageClasses(names, each, String.join("; ", all));
  }

  int of(int index) {
    return names.isEmpty() ? -1 : each[index];
  }

  /** Those of some of the images. */
  ImageClasses of(int[] kept) {
    return names.isEmpty()
        ? this
        : new ImageClasses(names, IntStream.of(kept).map(i -> each[i]).toArray(), reason);
  }

  private static ImageClasses ofTable(List<String> images, ClassTables table) {
    String[] labels = images.stream().map(table.labels()::get).toArray(String[]::new);
    List<String> without =
        IntStream.range(0, labels.length)
            .filter(i -> labels[i] == null)
            .mapToObj(images::get)
            .toList();
    if (without.size() == images.size()) {
      return none(table.labels().isEmpty() ? table.lacking() : namesNone(table));
    }
    if (!without.isEmpty()) {
      return none(table.file() + " has no class for " + some(without));
    }
    List<String> found = ClassNames.sorted(Arrays.asList(labels));
    return ranked(labels, table.classes().containsAll(found) ? table.classes() : found);
  }

  private static String namesNone(ClassTables table) {
    return table.file() + " names none of the images";
  }

  private static ImageClasses ofFolders(List<String> images) {
    int start = sharedFolder(images).length();
    List<String> outside = images.stream().filter(name -> name.indexOf('/', start) < 0).toList();
    if (outside.size() == images.size()) {
      return none("");
    }
    if (!outside.isEmpty()) {
      return none(some(outside) + " beside class folders");
    }
    String[] folders =
        images.stream()
            .map(name -> name.substring(start, name.indexOf('/', start)))
            .toArray(String[]::new);
    if (images.stream().allMatch(ImageClasses::isBucketed)) {
      return none("folders such as " + folders[0] + " hold images by the thousand");
    }
    return ranked(folders, ClassNames.sorted(Arrays.asList(folders)));
  }

  /** The innermost folder that holds all images, with a slash at its end; empty for the root. */
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

  private static ImageClasses ranked(String[] labels, List<String> names) {
    Map<String, Integer> ranks = new HashMap<>();
    names.forEach(name -> ranks.put(name, ranks.size()));
    return new ImageClasses(names, Arrays.stream(labels).mapToInt(ranks::get).toArray(), "");
  }

  private static ImageClasses none(String reason) {
    return new ImageClasses(List.of(), new int[0], reason);
  }

  private static String some(List<String> images) {
    return images.size() + (images.size() == 1 ? " image: " : " images, such as ") + images.get(0);
  }
}
