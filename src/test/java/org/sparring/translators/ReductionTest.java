package org.sparring.translators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparring.graph.ScratchGraph;
import org.sparring.pictures.Bicubic;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Picture;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class ReductionTest {
  /** Products in another order may round a level that is half-way to the other side. */
  @Test
  void imagesOnTheDeviceAreThoseOfTheReference() {
    byte[] pixels = new byte[24 * 16 * 3];
    new Random(5).nextBytes(pixels);
    Picture large = new Picture(new ImageGeometry(24, 16, 3), pixels);
    byte[] expected = Bicubic.resize(large, 6, 4).pixels();
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (pixels[i] & 0xff) / 127.5f - 1;
    }
    try (ScratchGraph graph = new ScratchGraph()) {
      Operand<TFloat32> x = graph.input(Shape.of(1, 24, 16, 3), values);
      Operand<TFloat32> small = new Reduction(4).of(graph.tf(), x);
      assertEquals(Shape.of(1, 6, 4, 3), small.shape());
      float[] found = graph.floats(small);
      int different = 0;
      for (int i = 0; i < found.length; i++) {
        double level = (found[i] + 1) * 127.5;
        assertEquals(Math.rint(level), level, 1e-3);
        assertEquals(expected[i] & 0xff, level, 1.001);
        different += Math.abs((expected[i] & 0xff) - level) > 0.5 ? 1 : 0;
      }
      assertTrue(different <= 1, different + " of " + found.length);
    }
  }
}
