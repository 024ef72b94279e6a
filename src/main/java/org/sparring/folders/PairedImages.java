package org.sparring.folders;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.sparring.data.ClassNames;
import org.sparring.data.Dataset;
import org.sparring.data.Field;
import org.sparring.data.ImageOptions;
import org.sparring.data.Split;
import org.sparring.errors.DataException;
import org.sparring.pictures.ContentHash;
import org.sparring.pictures.Fit;
import org.sparring.pictures.ImageGeometry;

/**
 * Pairs of images, resized to one square size: fields {@code a} and {@code b}, and {@code label}
 * where the folders have classes. The order is that of the names. Files of folders are decoded when
 * read; archives are decoded once, into memory.
 */
public final class PairedImages implements Dataset {
  private final OpenedPairs opened;
  private final Split split;
  private final Parts.Part part;
  private final List<String> bad;
  private final KeptImages a;
  private final KeptImages b;
  private final ImageClasses classes;
  private final List<Field> fields;
  private String contentHash;

  private PairedImages(OpenedPairs opened, Split split) {
    this.opened = opened;
    this.split = split;
    Parts.Part all = opened.part(split);
    Set<Integer> faults = opened.faults(all.kept());
    bad = faults.stream().map(opened.pairs().names()::get).toList();
    part = all.without(faults);
    if (part.kept().length == 0) {
      throw DataException.in(
          opened.title(), "a pair that can be decoded", "none of " + bad.size(), "Replace them.");
    }
    a = opened.imagesOfA(part.kept());
    b = opened.imagesOfB(part.kept());
    requireEqualSizes();
    classes = opened.classes().of(part.kept());
    fields = fields();
  }

  /**
   * Opens one part of pairs in two folders, found by their names.
   *
   * @param split the part; without parts, both are all pairs
   * @throws DataException if an image has no partner, or one of another size
   */
  public static PairedImages of(TwoFolders places, Split split, Fit fit, ImageOptions options) {
    return new PairedImages(OpenedPairs.of(places, fit, options), split);
  }

  /**
   * Opens one part of images that hold two images side by side: {@code a} on the left.
   *
   * @param place a folder or an archive
   * @throws DataException if an image has an odd width
   */
  public static PairedImages sideBySide(Path place, Split split, Fit fit, ImageOptions options) {
    return new PairedImages(OpenedPairs.sideBySide(place, fit, options), split);
  }

  private void requireEqualSizes() {
    List<ImageGeometry> left = a.sizes();
    List<ImageGeometry> right = b.sizes();
    List<String> unequal = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      if (!left.get(i).sameSize(right.get(i))) {
        unequal.add(name(i) + " (" + size(left.get(i)) + " and " + size(right.get(i)) + ")");
      }
    }
    if (!unequal.isEmpty()) {
      throw DataException.in(
          opened.title(),
          "two images of the same size in each pair",
          Mentioned.of(unequal),
          "Resize or remove them.");
    }
  }

  private static String size(ImageGeometry geometry) {
    return geometry.width() + "×" + geometry.height();
  }

  private String name(int index) {
    return opened.pairs().names().get(part.kept()[index]);
  }

  @Override
  public List<Field> fields() {
    if (fields != null) {
      return fields;
    }
    ImageGeometry geometry = a.conversion().geometry();
    List<Field> all = new ArrayList<>();
    all.add(Field.image(TwoFolders.A, geometry));
    all.add(Field.image(TwoFolders.B, geometry));
    if (!classes.names().isEmpty()) {
      all.add(Field.classes(Field.LABEL, classes.names().size()));
    }
    return List.copyOf(all);
  }

  @Override
  public void read(int index, Field field, ByteBuffer into) {
    Objects.checkIndex(index, size());
    switch (field.name()) {
      case TwoFolders.A -> read(a, index, into);
      case TwoFolders.B -> read(b, index, into);
      case Field.LABEL -> into.putInt(classes.of(index));
      default -> field(field.name()); // refuses it
    }
  }

  private static void read(KeptImages images, int index, ByteBuffer into) {
    byte[] pixels = new byte[images.conversion().geometry().bytes()];
    images.read(index, pixels, 0);
    into.put(pixels);
  }

  @Override
  public String name() {
    return "pairs " + opened.shortName() + (opened.isWhole() ? "" : " " + split);
  }

  @Override
  public int size() {
    return part.kept().length;
  }

  /** The groups of the pairs, each once: of this part only. Without groups, the names. */
  public Set<String> groups() {
    return opened.groups(part.kept());
  }

  /** The names of the pairs in index order, which the images {@code a} give. */
  public List<String> names() {
    return part.names(opened.pairs().names());
  }

  @Override
  public Optional<PairedImages> heldOut() {
    return opened.isWhole() || split == Split.TEST
        ? Optional.empty()
        : Optional.of(new PairedImages(opened, Split.TEST));
  }

  @Override
  public Optional<List<Path>> files() {
    return a.files();
  }

  @Override
  public List<String> labelNames() {
    return classes.names();
  }

  @Override
  public String unlabelled() {
    return classes.reason().isEmpty() ? "pairs without classes" : classes.reason();
  }

  @Override
  public String summary() {
    String named = classes.names().isEmpty() ? "" : ", " + ClassNames.summary(classes.names());
    return opened.summary(split, part) + named + opened.a().skipped().rest(bad);
  }

  /** Hashes names, classes, sizes and encoded bytes of the pairs of this part. */
  @Override
  public synchronized String contentHash() {
    if (contentHash == null) {
      List<String> ofA = a.hashes();
      List<String> ofB = b.hashes();
      ContentHash all = new ContentHash().text(opened.form()).geometry(a.conversion().geometry());
      for (int i = 0; i < size(); i++) {
        all.text(name(i)).text(ofA.get(i)).text(ofB.get(i)).number(classes.of(i));
      }
      contentHash = all.hex();
    }
    return contentHash;
  }
}
