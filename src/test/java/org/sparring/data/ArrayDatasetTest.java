package org.sparring.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.sparring.batches.MixedFields;
import org.sparring.errors.DataException;
import org.sparring.pictures.ImageGeometry;

/** Arrays as a data set. */
class ArrayDatasetTest implements DatasetContract {
  @Override
  public Dataset open() {
    return MixedFields.dataset();
  }

  @Test
  void sequencesArePaddedAndHaveLengths() {
    ArrayDataset set =
        ArrayDataset.of("text", 3)
            .tokens("word", 9, new int[] {1, 2, 8}, new int[0], new int[] {5});
    assertEquals(
        List.of(
            new Field("word", List.of(3), Encoding.TOKEN, 9),
            new Field("word_length", List.of(), Encoding.LENGTH, 4)),
        set.fields());
    assertArrayEquals(new int[] {1, 2, 8, 0, 0, 0, 5, 0, 0}, ints(set, "word"));
    assertArrayEquals(new int[] {3, 0, 1}, ints(set, "word_length"));
  }

  @Test
  void labelsHaveNames() {
    ArrayDataset set = MixedFields.dataset();
    assertEquals(List.of("ant", "bee", "cow"), set.labelNames());
    ClassLabels labels = ClassLabels.of(set).orElseThrow();
    assertArrayEquals(new int[] {2, 0, 1, 1, 2}, labels.values());
    assertEquals(3, ClassLabels.classes(set));
    ArrayDataset numbered = ArrayDataset.of("x", 2).classes("label", 2, new int[] {1, 0});
    assertEquals(List.of("0", "1"), numbered.labelNames());
    assertNotEquals(
        ClassLabels.of(numbered).orElseThrow().hash(),
        ClassLabels.of(ArrayDataset.of("x", 2).labels(List.of("a", "b"), new int[] {1, 0}))
            .orElseThrow()
            .hash());
    assertEquals(
        0, ClassLabels.classes(ArrayDataset.of("x", 1).floats("x", new int[] {1}, new float[1])));
  }

  @Test
  void theContentHashDependsOnEveryField() {
    ArrayDataset base = ArrayDataset.of("x", 2).floats("a", new int[] {1}, new float[] {1, 2});
    List<String> hashes =
        List.of(
            base.contentHash(),
            base.classes("c", 3, new int[] {0, 1}).contentHash(),
            base.classes("c", 3, new int[] {0, 2}).contentHash(),
            base.classes("c", 4, new int[] {0, 1}).contentHash(),
            base.classes("d", 3, new int[] {0, 1}).contentHash(),
            ArrayDataset.of("x", 2).floats("a", new int[] {1}, new float[] {1, 3}).contentHash());
    assertEquals(hashes.size(), hashes.stream().distinct().count());
  }

  @Test
  void arraysAreCopied() {
    float[] values = {1, 2};
    ArrayDataset set = ArrayDataset.of("x", 2).floats("a", new int[] {1}, values);
    String hash = set.contentHash();
    values[0] = 7;
    assertEquals(hash, set.contentHash());
  }

  @Test
  void arraysThatDoNotFitAreRefused() {
    ArrayDataset set = ArrayDataset.of("x", 2);
    assertRefused("x: expected 1 sample or more", "found 0", () -> ArrayDataset.of("x", 0));
    assertRefused(
        "x: expected a of 4 values", "found 3", () -> set.floats("a", new int[] {2}, new float[3]));
    assertRefused(
        "x: expected c from 0 to 2", "found 3", () -> set.classes("c", 3, new int[] {0, 3}));
    assertRefused(
        "x: expected t from 0 to 4",
        "found -1",
        () -> set.tokens("t", 5, new int[] {-1}, new int[0]));
    ArrayDataset one = set.floats("a", new int[] {1}, new float[2]);
    assertRefused(
        "x: expected no two fields of one name",
        "found a",
        () -> one.images("a", new ImageGeometry(1, 1, 1), new byte[2]));
  }

  private static void assertRefused(String expected, String found, Executable call) {
    List<String> lines = assertThrows(DataException.class, call).getMessage().lines().toList();
    assertEquals(List.of(expected, found), lines.subList(0, 2));
  }

  private static int[] ints(Dataset set, String field) {
    var values = set.readAll(set.field(field)).asIntBuffer();
    int[] ints = new int[values.remaining()];
    values.get(ints);
    return ints;
  }
}
