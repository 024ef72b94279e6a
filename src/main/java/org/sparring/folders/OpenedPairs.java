package org.sparring.folders;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sparring.data.ImageOptions;
import org.sparring.data.Split;
import org.sparring.pictures.Fit;

/**
 * Pairs of images with their parts, groups and classes.
 *
 * @param places of the images; the same place twice for images side by side
 * @param pairs all pairs of both parts
 * @param keys the group of each pair
 * @param classes of all pairs, so that a class has the same number in each part
 */
record OpenedPairs(
    TwoFolders places,
    PairList pairs,
    List<String> keys,
    Parts parts,
    ImageClasses classes,
    Fit fit,
    ImageOptions options) {

  static OpenedPairs of(TwoFolders places, Fit fit, ImageOptions options) {
    return of(places, PairList.of(places), fit, options);
  }

  static OpenedPairs sideBySide(Path path, Fit fit, ImageOptions options) {
    ImagePlace place = OpenedFolder.place(path);
    OpenedFolder.requireImages(place);
    TwoFolders same = new TwoFolders(path + "#" + TwoFolders.SIDE_BY_SIDE, place, place);
    return of(same, PairList.sideBySide(place), fit, options);
  }

  private static OpenedPairs of(TwoFolders places, PairList pairs, Fit fit, ImageOptions options) {
    List<String> keys = places.keys(places.a(), options);
    Holdout holdout = Holdout.of(options.heldOut(), keys);
    Parts parts = Parts.of(places.a().path(), pairs.names(), keys, holdout);
    ImageClasses classes = OpenedFolder.classes(places.a(), parts);
    return new OpenedPairs(places, pairs, keys, parts, classes, fit, options);
  }

  /** Name in messages. */
  String title() {
    return places.title();
  }

  ImagePlace a() {
    return places.a();
  }

  private boolean isSideBySide() {
    return places.a() == places.b();
  }

  /** How pairs are stored, for content hashes. */
  String form() {
    return isSideBySide() ? TwoFolders.SIDE_BY_SIDE : "pairs";
  }

  /** Name of the folders, for logs. */
  String shortName() {
    Path ofA = places.a().path().getFileName();
    return isSideBySide() ? ofA.toString() : ofA + ", " + places.b().path().getFileName();
  }

  KeptImages imagesOfA(int[] kept) {
    Conversion conversion = Conversion.of(fit, options);
    return KeptImages.of(
        places.a(), kept, isSideBySide() ? conversion.withCut(Conversion.Cut.LEFT) : conversion);
  }

  KeptImages imagesOfB(int[] kept) {
    Conversion conversion = Conversion.of(fit, options);
    return KeptImages.of(
        places.b(),
        pairs.ofB(kept),
        isSideBySide() ? conversion.withCut(Conversion.Cut.RIGHT) : conversion);
  }

  /** Returns the pairs of which an image cannot be decoded; none where these are refused. */
  Set<Integer> faults(int[] kept) {
    Set<Integer> faults = new TreeSet<>();
    if (options.skipBad()) {
      faults.addAll(BadImages.of(places.a(), kept).keySet());
      Set<Integer> ofB =
          isSideBySide() ? Set.of() : BadImages.of(places.b(), pairs.ofB(kept)).keySet();
      IntStream.of(kept).filter(i -> ofB.contains(pairs.b()[i])).forEach(faults::add);
    }
    return faults;
  }

  boolean isWhole() {
    return parts.heldOut().isEmpty();
  }

  /** Returns a part; if there are no parts, all pairs. */
  Parts.Part part(Split split) {
    return split == Split.TEST ? parts.heldOut().orElse(parts.train()) : parts.train();
  }

  /** Returns the groups of some pairs. */
  Set<String> groups(int[] kept) {
    return IntStream.of(kept).mapToObj(keys::get).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Returns a one-line summary, for example {@code 3403 pairs in 1711 groups to train on, 383 in
   * 200 held out}.
   *
   * @param used the pairs of the part that are used
   */
  String summary(Split split, Parts.Part used) {
    String own = used.kept().length + (used.kept().length == 1 ? " pair" : " pairs");
    if (isWhole()) {
      return own;
    }
    boolean training = split == Split.TRAIN;
    int[] others = part(training ? Split.TEST : Split.TRAIN).kept();
    return own
        + (isGrouped() ? " in " + groups(used.kept()).size() + " groups" : "")
        + (training ? " to train on, " : " held out, ")
        + others.length
        + (isGrouped() ? " in " + groups(others).size() : "")
        + (training ? " held out" : " to train on");
  }

  private boolean isGrouped() {
    return !options.groupBy().isEmpty() && options.heldOut() > 0;
  }
}
