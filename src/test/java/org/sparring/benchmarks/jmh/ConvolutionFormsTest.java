package org.sparring.benchmarks.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Each form of a convolution's products gives what TensorFlow's own op gives. */
class ConvolutionFormsTest {
  private static final int BATCH = 3;
  private static final int SEED = 5;

  @ParameterizedTest
  @ValueSource(strings = {"8x8x3-4x4x5", "6x6x2-6x6x3", "2x2x1-1x1x1"})
  void eachFormGivesTheResultOfTheLibrary(String name) {
    ConvolutionLayer layer = ConvolutionLayer.of(name);
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      var forms = new ConvolutionForms<>(tf, layer, TFloat32.class);
      Random random = new Random(SEED);
      Operand<TFloat32> image = normal(tf, random, layer.image(BATCH));
      Operand<TFloat32> map = normal(tf, random, layer.map(BATCH));
      Operand<TFloat32> kernel = normal(tf, random, layer.kernelShape());
      compare(tf, "forward", forms.forward(image, kernel));
      compare(tf, "input", forms.input(map, kernel));
      compare(tf, "kernel", forms.kernel(image, map));
    }
  }

  @Test
  void aLayerIsReadFromItsTwoMaps() {
    assertEquals(new ConvolutionLayer(32, 64, 16, 128), ConvolutionLayer.of("32x32x64-16x16x128"));
    assertEquals(4, ConvolutionLayer.of("32x32x64-16x16x128").kernel());
    assertEquals(3, ConvolutionLayer.of("16x16x128-16x16x128").kernel());
    for (String wrong : List.of("32x16x64-16x16x128", "32x32x64-8x8x128", "0x0x1-0x0x1", "dcgan")) {
      assertThrows(IllegalArgumentException.class, () -> ConvolutionLayer.of(wrong), wrong);
    }
  }

  private static void compare(Ops tf, String product, Map<String, Operand<TFloat32>> forms) {
    Operand<TFloat32> library = forms.get(ConvolutionForms.LIBRARY);
    assertTrue(forms.size() > 1, product);
    forms.forEach(
        (name, form) -> {
          String what = product + " " + name + ", seed " + SEED;
          assertEquals(library.shape(), form.shape(), what);
          var difference = tf.math.abs(tf.math.sub(form, library));
          var axes = tf.constant(new int[] {0, 1, 2, 3});
          assertEquals(0, tf.max(difference, axes).asTensor().getFloat(), 1e-4f, what);
        });
  }

  private static Operand<TFloat32> normal(Ops tf, Random random, int[] shape) {
    Shape of = Shape.of(Arrays.stream(shape).asLongStream().toArray());
    float[] values = new float[(int) of.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return tf.constant(TFloat32.tensorOf(of, DataBuffers.of(values)));
  }
}
