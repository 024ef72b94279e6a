package org.sparring.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparring.data.GlyphSource;
import org.sparring.data.ImageSource;
import org.sparring.data.ImageSourceContract;
import org.sparring.errors.DataException;

class JoinedImagesTest extends ImageSourceContract {
  private static final ImageSource FEW = new GlyphSource(5, 12, 1, 3);
  private static final ImageSource MORE = new GlyphSource(7, 12, 1, 4);

  @Override
  public ImageSource open() {
    return new JoinedImages(List.of(FEW, MORE));
  }

  @Test
  void theSecondSourceFollowsTheFirst() {
    ImageSource joined = open();
    assertEquals(12, joined.size());
    assertEquals(FEW.name() + " + " + MORE.name(), joined.name());
    for (int i = 0; i < 12; i++) {
      ImageSource part = i < 5 ? FEW : MORE;
      int index = i < 5 ? i : i - 5;
      assertEquals(part.label(index), joined.label(i));
      assertArrayEquals(image(part, index), image(joined, i));
    }
  }

  @Test
  void theOrderOfSourcesIsContentToo() {
    assertNotEquals(open().contentHash(), new JoinedImages(List.of(MORE, FEW)).contentHash());
    assertEquals(open().contentHash(), open().contentHash());
  }

  @Test
  void otherGeometriesAndNothingAreRefused() {
    ImageSource wide = new GlyphSource(2, 16, 1, 3);
    var e = assertThrows(DataException.class, () -> new JoinedImages(List.of(FEW, wide)));
    assertEquals(
        List.of(
            wide.name() + ": expected images of 12×12×1 as in " + FEW.name(),
            "found 16×16×1",
            "Bring all sources to one side and number of channels."),
        e.getMessage().lines().toList());
    assertThrows(DataException.class, () -> new JoinedImages(List.of()));
  }

  @Test
  void fewerImagesAreSpreadOverTheirSource() {
    ImageSource some = new FewerImages(MORE, 3);
    // of seven: numbers 0, ⌊7/3⌋ and ⌊14/3⌋
    int[] expected = {0, 2, 4};
    assertEquals("3 of " + MORE.name(), some.name());
    IntStream.range(0, 3)
        .forEach(
            i -> {
              assertArrayEquals(image(MORE, expected[i]), image(some, i));
              assertEquals(MORE.label(expected[i]), some.label(i));
            });
    assertNotEquals(MORE.contentHash(), some.contentHash());
    assertThrows(DataException.class, () -> new FewerImages(MORE, 8));
    assertThrows(DataException.class, () -> new FewerImages(MORE, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> some.label(3));
  }

  private static byte[] image(ImageSource source, int index) {
    byte[] image = new byte[source.geometry().bytes()];
    source.read(index, image, 0);
    return image;
  }
}
