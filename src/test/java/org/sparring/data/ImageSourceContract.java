package org.sparring.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every source promises; each source's test inherits it. */
public abstract class ImageSourceContract implements DatasetContract {
  private ImageSource source;

  /** A source with a few images. */
  @Override
  public abstract ImageSource open() throws Exception;

  @BeforeEach
  void openSource() throws Exception {
    source = open();
  }

  @Test
  void holdsAtLeastOneImageAndHasAName() {
    assertTrue(source.size() >= 1);
    assertFalse(source.name().isBlank());
  }

  @Test
  void pixelsAreTheImagesOneAfterAnother() {
    byte[] all = source.pixels();
    int each = source.geometry().bytes();
    assertEquals(source.size() * each, all.length);
    for (int i = 0; i < source.size(); i++) {
      assertArrayEquals(image(i), Arrays.copyOfRange(all, i * each, (i + 1) * each), "image " + i);
    }
  }

  @Test
  void readsNothingButTheImageIntoTheTarget() {
    int each = source.geometry().bytes();
    byte[] target = new byte[each + 9];
    Arrays.fill(target, (byte) 77);
    source.read(0, target, 4);
    assertArrayEquals(image(0), Arrays.copyOfRange(target, 4, 4 + each));
    assertArrayEquals(new byte[] {77, 77, 77, 77}, Arrays.copyOf(target, 4));
    assertArrayEquals(
        new byte[] {77, 77, 77, 77, 77}, Arrays.copyOfRange(target, 4 + each, each + 9));
  }

  @Test
  void givesTheSameImagesToManyThreadsInAnyOrder() {
    byte[] all = source.pixels();
    int each = source.geometry().bytes();
    List<Integer> order = new ArrayList<>(IntStream.range(0, 3 * source.size()).boxed().toList());
    Collections.shuffle(order, new Random(5));
    order.parallelStream()
        .map(i -> i % source.size())
        .forEach(
            i ->
                assertArrayEquals(
                    Arrays.copyOfRange(all, i * each, (i + 1) * each), image(i), "image " + i));
  }

  @Test
  void refusesImagesThatAreNotThere() {
    byte[] target = new byte[source.geometry().bytes()];
    assertThrows(IndexOutOfBoundsException.class, () -> source.read(-1, target, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> source.read(source.size(), target, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> source.label(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> source.label(source.size()));
  }

  @Test
  void refusesATargetWithoutRoom() {
    byte[] target = new byte[source.geometry().bytes()];
    assertThrows(IndexOutOfBoundsException.class, () -> source.read(0, target, 1));
  }

  @Test
  void labelsAllImagesOrNone() {
    long unlabelled = IntStream.range(0, source.size()).filter(i -> source.label(i) == -1).count();
    assertTrue(unlabelled == 0 || unlabelled == source.size());
    assertTrue(IntStream.range(0, source.size()).allMatch(i -> source.label(i) >= -1));
  }

  @Test
  void namesOneFileAnImageIfItNamesFiles() {
    source.files().ifPresent(files -> assertEquals(source.size(), files.size()));
  }

  private byte[] image(int index) {
    byte[] image = new byte[source.geometry().bytes()];
    source.read(index, image, 0);
    return image;
  }
}
