package org.sparring.nets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.errors.NetException;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Normalization;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class DcganTest {
  @ParameterizedTest
  @ValueSource(ints = {8, 28, 30, 32, 36, 48, 64, 128})
  void whatOneGeneratesTheOtherCanJudge(int side) {
    for (int channels = 1; channels <= 4; channels++) {
      assertShapes(new Dcgan(side, channels, 2, 3), side, channels, 5);
    }
  }

  @Test
  void aBatchMayHoldOneImage() {
    assertShapes(new Dcgan(28, 1, 2, 3), 28, 1, 1);
  }

  @Test
  void oneImageIsGeneratedInTheRangeOfTanh() {
    try (ScratchGraph graph = new ScratchGraph()) {
      Generator generator = new Dcgan(28, 3, 2, 3).generator(graph.variables());
      graph.initialize();
      Operand<TFloat32> z = graph.input(Shape.of(1, 3), 9, -9, 4);
      Weights weights = Weights.read(graph.tf(), generator.variables());
      float[] image = graph.floats(generator.generate(graph.tf(), weights, z, Pass.inference()));
      assertEquals(28 * 28 * 3, image.length);
      for (float value : image) {
        assertTrue(value >= -1 && value <= 1, "" + value);
      }
    }
  }

  @Test
  void anUnknownBatchIsGeneratedAndEachImageIsThatOfItsLatent() {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      Generator generator = new Dcgan(8, 3, 2, 3).generator(graph.variables());
      graph.initialize();
      var z = graph.input(Shape.of(Shape.UNKNOWN_SIZE, 3), GradientCheck.noise(15, 1));
      var one = graph.input(Shape.of(1, 3), Arrays.copyOfRange(graph.values(z), 6, 9));
      Weights weights = Weights.read(tf, generator.variables());
      float[] all = graph.floats(generator.generate(tf, weights, z, Pass.inference()));
      float[] third = graph.floats(generator.generate(tf, weights, one, Pass.inference()));
      assertEquals(5 * 8 * 8 * 3, all.length);
      for (int i = 0; i < third.length; i++) {
        assertEquals(third[i], all[2 * third.length + i], 1e-6);
      }
    }
  }

  @Test
  void parametersAreThoseCountedByHand() {
    // side 32 = 4·2³, width 64, latent 100, one channel.
    // G: 100·(4·4·256) + norm 2·256, 16·256·128 + 2·128, 16·128·64 + 2·64, 16·64·1 + bias 1
    long generator = 409600 + 512 + 524288 + 256 + 131072 + 128 + 1024 + 1;
    // D: 16·1·64, 16·64·128 + 2·128, 16·128·256 + 2·256, 4·4·256·1 + 1; the first has no norm
    long discriminator = 1024 + 131072 + 256 + 524288 + 512 + 4096 + 1;
    assertEquals(1066881, generator);
    assertEquals(661249, discriminator);
    try (ScratchGraph graph = new ScratchGraph()) {
      Dcgan dcgan = new Dcgan(32, 1, 64, 100);
      assertEquals(generator, trainable(dcgan.generator(graph.variables()).variables()));
      assertEquals(discriminator, trainable(dcgan.discriminator(graph.variables()).variables()));
    }
  }

  @Test
  void anOddBaseIsCountedAsWell() {
    // side 28 = 7·2², width 2, latent 3, three channels.
    // G: 3·(7·7·4) + 2·4, 16·4·2 + 2·2, 16·2·3 + 3; D: 16·3·2, 16·2·4 + 2·4, 7·7·4 + 1
    try (ScratchGraph graph = new ScratchGraph()) {
      Dcgan dcgan = new Dcgan(28, 3, 2, 3);
      long generator = 588 + 8 + 128 + 4 + 96 + 3;
      assertEquals(generator, trainable(dcgan.generator(graph.variables()).variables()));
      long discriminator = 96 + 128 + 8 + 196 + 1;
      assertEquals(discriminator, trainable(dcgan.discriminator(graph.variables()).variables()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-32, 0, 1, 4, 6, 7, 15, 31, 34, 62, 100})
  void sidesThatDoublingsDoNotReachAreRefused(int side) {
    // 100 = 25·2², 62 = 31·2: the base is larger than 15; 6 and 4 are no doubling of 4 or more
    var e = assertThrows(NetException.class, () -> new Dcgan(side, 1, 2, 3));
    assertEquals(
        "a convolutional pair needs a side s·2^k with s from 4 to 15 and k at least 1 (28, 32, 48,"
            + " 64, 128, …), found "
            + side,
        e.getMessage());
  }

  @Test
  void theOtherNumbersAreRefusedByName() {
    assertRefused("channels must be 1 to 4, found 0", 0, 2, 3);
    assertRefused("channels must be 1 to 4, found 5", 5, 2, 3);
    assertRefused("width must be at least 1, found 0", 1, 0, 3);
    assertRefused("latent must be at least 1, found 0", 1, 2, 0);
  }

  @Test
  void aFormIsCountedByHand() {
    // side 28 = 7·2², three channels in packs of 2, D width 3: 16·6·3 + 3, 16·3·6 + 6, 7·7·6 + 1
    try (ScratchGraph graph = new ScratchGraph()) {
      var form = new DiscriminatorForm(3, Normalization.NONE, 2);
      Discriminator d = new Dcgan(28, 3, 2, 3, form).discriminator(graph.variables());
      assertEquals(291 + 294 + 295, trainable(d.variables()));
    }
  }

  @Test
  void aFormRefusesWhatItCannotBe() {
    var e = assertThrows(NetException.class, () -> new DiscriminatorForm(0, Normalization.NONE, 1));
    assertEquals("discriminator width must be at least 1, found 0", e.getMessage());
    e = assertThrows(NetException.class, () -> new DiscriminatorForm(1, Normalization.NONE, 0));
    assertEquals("packing must be at least 1, found 0", e.getMessage());
  }

  private static void assertRefused(String message, int channels, int width, int latent) {
    var e = assertThrows(NetException.class, () -> new Dcgan(32, channels, width, latent));
    assertEquals(message, e.getMessage());
  }

  private static void assertShapes(Dcgan dcgan, int side, int channels, int batch) {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      Generator g = dcgan.generator(graph.variables());
      Discriminator d = dcgan.discriminator(graph.variables());
      var z = graph.input(Shape.of(batch, dcgan.latent()));
      for (Pass pass : List.of(Pass.training(), Pass.recording(), Pass.inference())) {
        var image = g.generate(tf, Weights.read(tf, g.variables()), z, pass);
        assertEquals(Shape.of(batch, side, side, channels), image.shape());
        assertEquals(Shape.of(side, side, channels), g.sampleShape());
        var logits = d.judge(tf, Weights.read(tf, d.variables()), image, pass);
        assertEquals(Shape.of(batch, 1), logits.shape());
      }
    }
  }

  private static long trainable(List<Variable<TFloat32>> variables) {
    return variables.stream().filter(Variable::trainable).mapToLong(v -> v.shape().size()).sum();
  }
}
