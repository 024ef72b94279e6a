package org.sparring.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransposedConvolutionTest {
  private static final Shape IN = new Shape(2, 3, 5, 5);
  private static final Shape KERNEL = new Shape(3, 4, 4, 4);
  private static final Shape OUT = new Shape(2, 4, 10, 10);

  /** The definition: pixel i of x adds kernel[k] to pixel 2i + k − 1, along each side. */
  private static float[] naive(float[] x, float[] kernel) {
    float[] y = new float[(int) OUT.size()];
    for (int n = 0; n < 2; n++) {
      for (int in = 0; in < 3; in++) {
        for (int p = 0; p < 25; p++) {
          for (int w = 0; w < 64; w++) {
            int row = 2 * (p / 5) + w % 16 / 4 - 1;
            int column = 2 * (p % 5) + w % 4 - 1;
            if (row >= 0 && row < 10 && column >= 0 && column < 10) {
              y[((n * 4 + w / 16) * 10 + row) * 10 + column] +=
                  x[(n * 3 + in) * 25 + p] * kernel[in * 64 + w];
            }
          }
        }
      }
    }
    return y;
  }

  private static float[] random(Shape shape, long seed) {
    Random random = new Random(seed);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private record Pass(float[] y, float[] byX, float[] byKernel) {}

  private static Pass pass(NDManager manager, TransposedConvolution operation) {
    NDArray x = manager.create(random(IN, 1), IN);
    NDArray kernel = manager.create(random(KERNEL, 2), KERNEL);
    NDArray weight = manager.create(random(OUT, 3), OUT);
    x.setRequiresGradient(true);
    kernel.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray y = operation.of(x, kernel);
      collector.backward(y.mul(weight).sum());
      return new Pass(
          y.toFloatArray(), x.getGradient().toFloatArray(), kernel.getGradient().toFloatArray());
    }
  }

  @Test
  void bothFormsAreTheDefinition() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        TransposedConvolution script = new TorchScript(manager)) {
      float[] expected = naive(random(IN, 1), random(KERNEL, 2));
      assertArrayEquals(expected, pass(manager, script).y, 1e-4f);
      assertArrayEquals(expected, pass(manager, new SubPixel()).y, 1e-4f);
    }
  }

  @Test
  void bothFormsHaveTheSameGradients() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        TransposedConvolution script = new TorchScript(manager)) {
      Pass expected = pass(manager, script);
      Pass found = pass(manager, new SubPixel());
      assertArrayEquals(expected.byX, found.byX, 1e-4f);
      assertArrayEquals(expected.byKernel, found.byKernel, 1e-4f);
    }
  }
}
