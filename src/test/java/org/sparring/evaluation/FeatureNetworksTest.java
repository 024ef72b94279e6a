package org.sparring.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.WireFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.ModelException;
import org.sparring.errors.SparringException;
import org.sparring.evaluation.FeatureNetwork.Sight;
import org.sparring.natives.SessionOptions;
import org.sparring.pictures.ImageGeometry;
import org.tensorflow.ndarray.Shape;

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
    try (FeatureNetwork network = open("inception:" + inception)) {
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
    try (FeatureNetwork network = open("inception:" + inception)) {
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
    try (FeatureNetwork one = open("inception:" + inception);
        FeatureNetwork other = open("inception:" + prefixed)) {
      assertArrayEquals(
          one.see(one.input().pixels(images), 1, COLOUR).features(),
          other.see(other.input().pixels(images), 1, COLOUR).features());
      assertFalse(one.sha256().equals(other.sha256()), "other files have other hashes");
    }
  }

  @Test
  void aMissingNodeIsNamedWithItsNearest() {
    Path other = TinyInception.write(folder.resolve("other.pb"), "pool_4");
    String message = refusal("inception:" + other);
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.contains("expected a node pool_3, found none among "), message);
    assertTrue(message.contains("the nearest are pool_4"), message);
    String named = refusal("graph:" + inception + "#input=ExpandDim,output=pool_3");
    assertTrue(named.contains("expected a node ExpandDim,"), named);
    assertTrue(named.contains("the nearest are ExpandDims, "), named);
    String output = refusal("graph:" + inception + "#input=ExpandDims,output=pool_3:1");
    assertTrue(output.contains("expected an output of pool_3, which has 1"), output);
  }

  @Test
  void damagedGraphsAreRefusedInOneLine() throws Exception {
    byte[] whole = Files.readAllBytes(inception);
    Path cut = Files.write(folder.resolve("cut.pb"), Arrays.copyOf(whole, whole.length / 2));
    Path text = Files.writeString(folder.resolve("text.pb"), "no graph at all");
    Path empty = Files.write(folder.resolve("empty.pb"), new byte[0]);
    for (Path file : new Path[] {cut, text, empty, folder.resolve("missing.pb"), folder}) {
      String message = refusal("inception:" + file);
      assertEquals(1, message.lines().count(), message);
      assertTrue(message.contains(file.toString()), message);
    }
  }

  /** A node's attributes of tags that open a group and never close it. */
  @Test
  void groupsWithinGroupsAreRefusedInOneLine() throws Exception {
    byte[] groups = new byte[400_000];
    Arrays.fill(groups, (byte) (15 << 3 | WireFormat.WIRETYPE_START_GROUP));
    UnknownFieldSet.Field attributes =
        UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFrom(groups)).build();
    ByteString op = ByteString.copyFromUtf8("Const");
    UnknownFieldSet node =
        UnknownFieldSet.newBuilder()
            .addField(2, UnknownFieldSet.Field.newBuilder().addLengthDelimited(op).build())
            .addField(5, attributes)
            .build();
    UnknownFieldSet graph =
        UnknownFieldSet.newBuilder()
            .addField(
                1,
                UnknownFieldSet.Field.newBuilder().addLengthDelimited(node.toByteString()).build())
            .build();
    for (byte[] bytes : new byte[][] {groups, graph.toByteArray()}) {
      Path file = Files.write(folder.resolve("groups.pb"), bytes);
      for (String trust : new String[] {"", ",trust=true"}) {
        String message = refusal("graph:" + file + "#input=a,output=b" + trust);
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.startsWith(file + ": expected a frozen TensorFlow graph"), message);
      }
    }
  }

  @Test
  void anyGraphIsReadByTheNamesOfItsNodes() {
    byte[] images = noise(COLOUR.bytes());
    String spec = "graph:" + inception + "#input=ExpandDims:0,output=conv,range=0:255,side=8";
    try (FeatureNetwork whole = open("inception:" + inception);
        FeatureNetwork named = open(spec);
        FeatureNetwork classifying =
            open("graph:" + inception + "#input=Mul,output=pool_3,channels=3,side=8")) {
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
    try (FeatureNetwork digits = open("digits");
        FeatureNetwork named = open(spec)) {
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
        refusal(
            "graph:" + Classifier.shipped() + "#input=images,output=feature,channels=1,side=28");
    assertTrue(wrong.contains("expected an output feature, found ["), wrong);
    assertTrue(wrong.contains("the nearest is features"), wrong);
  }

  /** Of larger images than the ones that it was tried with, the first would pass for all. */
  @Test
  void featuresThatGrowWithTheImageAreRefused() {
    try (FeatureNetwork network =
        open("graph:" + inception + "#input=Mul,output=pool_3,channels=3")) {
      // 25×25 places of the tried 32×32
      assertEquals(25 * 25 * TinyInception.FEATURES, network.features());
      for (int side : new int[] {8, 33}) {
        ImageGeometry other = new ImageGeometry(side, side, 3);
        float[] pixels = new float[2 * other.bytes()];
        String message =
            assertThrows(ModelException.class, () -> network.see(pixels, 2, other)).getMessage();
        assertTrue(message.contains("expected 3125 features of each image"), message);
        assertTrue(message.contains("side=N"), message);
      }
    }
  }

  /** A graph whose session is open would wait for it to be closed. */
  @Test
  @Timeout(60)
  void aFrozenGraphThatDoesNotRunIsRefusedAndClosed() {
    String message = refusal("graph:" + inception + "#input=Mul,output=pool_3,channels=1");
    assertTrue(message.contains("does not run on [2, 32, 32, 1]"), message);
  }

  @Test
  void whatIsNoProbabilityIsRefusedBeforeAnImageIsSeen() {
    String spec = "graph:" + inception + "#input=ExpandDims,output=pool_3,probabilities=conv";
    String message = refusal(spec);
    assertTrue(message.contains("expected probabilities at conv:0"), message);
    assertTrue(message.contains("sample 0: "), message);
  }

  @Test
  void theHashOfAFolderIsThatOfAllItsFiles() throws Exception {
    Path copy = folder.resolve("copy");
    FileUtils.copyDirectory(Classifier.shipped().toFile(), copy.toFile());
    assertEquals(FileHash.of(Classifier.shipped()), FileHash.of(copy));
    Files.writeString(copy.resolve("more"), "");
    assertFalse(FileHash.of(Classifier.shipped()).equals(FileHash.of(copy)));
  }

  @Test
  void textsThatNameNoNetworkAreRefused() {
    String unknown = misspelt("digit");
    assertTrue(unknown.contains("Did you mean digits?"), unknown);
    assertTrue(misspelt("inception:").contains("a file after the colon"), "no file");
    assertTrue(misspelt("graph:" + inception).contains("the names of its nodes"), "no names");
    String key = misspelt("graph:" + inception + "#input=a,out=b");
    assertTrue(key.contains("found out=b"), key);
    String none = misspelt("graph:" + inception + "#output=b");
    assertTrue(none.contains("expected input=NAME"), none);
    String range = misspelt("graph:" + inception + "#input=a,output=b,range=1:2");
    assertTrue(range.contains("expected -1:1, 0:1 or 0:255, found 1:2"), range);
    String side = misspelt("graph:" + inception + "#input=a,output=b,side=x");
    assertTrue(side.contains("side: expected a number, found x"), side);
  }

  private static FeatureNetwork open(String spec) {
    return FeatureNetworks.open(spec, SessionOptions.CPU);
  }

  private static String refusal(String spec) {
    return assertThrows(ModelException.class, () -> open(spec).close()).getMessage();
  }

  private static String misspelt(String spec) {
    return assertThrows(SparringException.class, () -> open(spec).close()).getMessage();
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
