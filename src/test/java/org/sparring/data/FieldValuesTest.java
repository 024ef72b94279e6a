package org.sparring.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.sparring.errors.DataException;
import org.sparring.pictures.ImageGeometry;

/** Values as networks see them. */
class FieldValuesTest {
  private final ArrayDataset set =
      ArrayDataset.of("five", 5)
          .images(
              "image", new ImageGeometry(1, 1, 1), new byte[] {0, 51, 102, (byte) 153, (byte) 255})
          .floats("x", new int[] {1}, new float[] {10, 11, 12, 13, 14})
          .classes("label", 5, new int[] {4, 3, 2, 1, 0});

  @Test
  void bytesAreFromMinusOneToOne() {
    assertArrayEquals(
        new float[] {-1, -0.6f, -0.2f, 0.2f, 1}, FieldValues.ofSamples(set).spread(5), 1e-6f);
  }

  @Test
  void samplesAreSpreadEvenlyWithTheirLabels() {
    FieldValues values = new FieldValues(set, set.field("x"));
    assertArrayEquals(new float[] {10, 12}, values.spread(2));
    assertArrayEquals(new int[] {4, 2}, values.spreadLabels(2));
    PointSet points = new PointSet(GaussianRing.pacGan(), 3, 1);
    assertArrayEquals(new int[] {-1, -1}, FieldValues.ofSamples(points).spreadLabels(2));
    assertArrayEquals(points.values(), FieldValues.ofSamples(points).spread(3));
  }

  @Test
  void classesAreNotRealNumbers() {
    assertThrows(DataException.class, () -> new FieldValues(set, set.field("label")));
  }
}
