package org.sparring.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.evaluation.FeatureNetwork.Sight;
import org.sparring.pictures.ImageGeometry;
import org.tensorflow.ndarray.Shape;

/** Features and probabilities of the networks that can be opened. */
class FeatureNetworksTest {
  private static final ImageGeometry COLOUR = new ImageGeometry(8, 8, 3);

  @TempDir private static Path folder;
  private static Path inception;

  @BeforeAll
  static void write() {
    inception = TinyInception.write(folder.resolve("inception.pb"));
  }

  /** The convolution, the mean, W and softmax by hand, of images that need no resizing. */
  @Test
  void inceptionTakesBytesAndAnswersWithoutTheBiases() {
    byte[] images = noise(3 * COLOUR.bytes());
    try (FeatureNetwork network = CpuNetworks.open("inception:" + inception)) {
      assertEquals(TinyInception.FEATURES, network.features());
      assertEquals(OptionalInt.of(TinyInception.CLASSES), network.classes());
      Sight sight = network.see(network.input().pixels(images), 3, COLOUR);
      for (int image = 0; image < 3; image++) {
        double[] features = features(images, image);
        double[] answers = answers(features);
        for (int k = 0; k < features.length; k++) {
          assertEquals(features[k], sight.features()[image * features.length + k], 1e-4);
        }
        for (int c = 0; c < answers.length; c++) {
          assertEquals(answers[c], sight.probabilities()[image * answers.length + c], 1e-4);
        }
      }
    }
  }

  /** TensorFlow 1's bilinear: output i shows input i·(in/out), with no half pixels. */
  @Test
  void inceptionResizesWithinItself() {
    ImageGeometry large = new ImageGeometry(16, 16, 3);
    byte[] images = noise(large.bytes());
    byte[] everyOther = new byte[COLOUR.bytes()];
    for (int i = 0; i < everyOther.length; i++) {
      int y = i / 24;
      int x = i / 3 % 8;
      everyOther[i] = images[(2 * y * 16 + 2 * x) * 3 + i % 3];
    }
    try (FeatureNetwork network = CpuNetworks.open("inception:" + inception)) {
      float[] ofLarge = network.see(network.input().pixels(images), 1, large).features();
      assertArrayEquals(
          network.see(network.input().pixels(everyOther), 1, COLOUR).features(), ofLarge, 1e-4f);
    }
  }

  @Test
  void aGraphImportedUnderAPrefixIsTheSame() throws Exception {
    Path prefixed = folder.resolve("prefixed.pb");
    try (var graph = new org.tensorflow.Graph()) {
      graph.importGraphDef(
          org.tensorflow.proto.GraphDef.parseFrom(Files.readAllBytes(inception)),
          "FID_Inception_Net");
      Files.write(prefixed, graph.toGraphDef().toByteArray());
    }
    byte[] images = noise(COLOUR.bytes());
    try (FeatureNetwork one = CpuNetworks.open("inception:" + inception);
        FeatureNetwork other = CpuNetworks.open("inception:" + prefixed)) {
      assertArrayEquals(
          one.see(one.input().pixels(images), 1, COLOUR).features(),
          other.see(other.input().pixels(images), 1, COLOUR).features());
      assertFalse(one.sha256().equals(other.sha256()), "other files have other hashes");
    }
  }

  @Test
  void anyGraphIsReadByTheNamesOfItsNodes() {
    byte[] images = noise(COLOUR.bytes());
    String spec = "graph:" + inception + "#input=ExpandDims:0,output=conv,range=0:255,side=8";
    try (FeatureNetwork whole = CpuNetworks.open("inception:" + inception);
        FeatureNetwork named = CpuNetworks.open(spec);
        FeatureNetwork classifying =
            CpuNetworks.open("graph:" + inception + "#input=Mul,output=pool_3,channels=3,side=8")) {
      assertEquals(8 * 8 * TinyInception.FEATURES, named.features());
      assertTrue(named.classes().isEmpty());
      assertEquals("8×8×3 in 0:255", named.input().toString());
      // Mul holds pixels less 128 over 128: near [−1, 1], which the images are fed in
      assertArrayEquals(
          whole.see(whole.input().pixels(images), 1, COLOUR).features(),
          classifying.see(classifying.input().pixels(images), 1, COLOUR).features(),
          0.05f);
    }
  }

  @Test
  void theShippedDigitsAreASavedModelWithNamedOutputs() throws Exception {
    ImageGeometry grey = new ImageGeometry(28, 28, 1);
    byte[] images = noise(2 * grey.bytes());
    String spec =
        "graph:"
            + Classifier.shipped()
            + "#input=images,output=features,probabilities=probabilities,side=28,channels=1";
    try (FeatureNetwork digits = CpuNetworks.open("digits");
        FeatureNetwork named = CpuNetworks.open(spec)) {
      assertEquals(128, digits.features());
      assertEquals(OptionalInt.of(10), digits.classes());
      assertEquals(digits.sha256(), named.sha256());
      Sight sight = digits.see(digits.input().pixels(images), 2, grey);
      assertArrayEquals(
          sight.features(), named.see(named.input().pixels(images), 2, grey).features());
      for (float feature : sight.features()) {
        assertTrue(feature >= 0, "after a ReLU, found " + feature);
      }
      try (Classifier classifier = Classifier.load(Classifier.shipped())) {
        float[] signed = new float[images.length];
        for (int i = 0; i < signed.length; i++) {
          signed[i] = (images[i] & 0xff) * (2f / 255f) - 1;
        }
        assertArrayEquals(classifier.probabilities(signed), sight.probabilities(), 1e-5f);
      }
    }
    String wrong =
        CpuNetworks.refusal(
            "graph:" + Classifier.shipped() + "#input=images,output=feature,channels=1,side=28");
    assertTrue(wrong.contains("expected an output feature, found ["), wrong);
    assertTrue(wrong.contains("the nearest is features"), wrong);
  }

  @Test
  void theHashOfAFolderIsThatOfAllItsFiles() throws Exception {
    Path copy = folder.resolve("copy");
    FileUtils.copyDirectory(Classifier.shipped().toFile(), copy.toFile());
    assertEquals(FileHash.of(Classifier.shipped()), FileHash.of(copy));
    Files.writeString(copy.resolve("more"), "");
    assertFalse(FileHash.of(Classifier.shipped()).equals(FileHash.of(copy)));
  }

  static byte[] noise(int count) {
    byte[] bytes = new byte[count];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  /** ReLU of the 3×3 convolution with zeros around, averaged over 8×8. */
  private static double[] features(byte[] images, int image) {
    float[] kernel = TinyInception.noise(Shape.of(3, 3, 3, TinyInception.FEATURES), 1);
    double[] features = new double[TinyInception.FEATURES];
    for (int i = 0; i < 64 * features.length; i++) {
      int k = i % features.length;
      int y = i / features.length / 8;
      int x = i / features.length % 8;
      double sum = 0;
      for (int tap = 0; tap < 27; tap++) {
        int row = y + tap / 9 - 1;
        int column = x + tap / 3 % 3 - 1;
        if (row >= 0 && row < 8 && column >= 0 && column < 8) {
          int pixel = images[((image * 8 + row) * 8 + column) * 3 + tap % 3] & 0xff;
          sum += (pixel - 128) / 128.0 * kernel[tap * features.length + k];
        }
      }
      features[k] += Math.max(0, sum) / 64;
    }
    return features;
  }

  private static double[] answers(double[] features) {
    int classes = TinyInception.CLASSES;
    float[] weights = TinyInception.noise(Shape.of(features.length, classes), 2);
    double[] answers = new double[classes];
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      double logit = 0;
      for (int k = 0; k < features.length; k++) {
        logit += features[k] * weights[k * classes + c];
      }
      answers[c] = Math.exp(logit);
      sum += answers[c];
    }
    for (int c = 0; c < classes; c++) {
      answers[c] /= sum;
    }
    return answers;
  }
}
