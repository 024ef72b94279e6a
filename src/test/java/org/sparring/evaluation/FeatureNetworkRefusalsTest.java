package org.sparring.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.WireFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.ModelException;
import org.sparring.pictures.ImageGeometry;

/** Graphs that are damaged or unfit, and texts that name no network. */
class FeatureNetworkRefusalsTest {
  @TempDir private static Path folder;
  private static Path inception;

  @BeforeAll
  static void write() {
    inception = TinyInception.write(folder.resolve("inception.pb"));
  }

  @Test
  void aMissingNodeIsNamedWithItsNearest() {
    Path other = TinyInception.write(folder.resolve("other.pb"), "pool_4");
    String message = CpuNetworks.refusal("inception:" + other);
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.contains("expected a node pool_3, found none among "), message);
    assertTrue(message.contains("the nearest are pool_4"), message);
    String named = CpuNetworks.refusal("graph:" + inception + "#input=ExpandDim,output=pool_3");
    assertTrue(named.contains("expected a node ExpandDim,"), named);
    assertTrue(named.contains("the nearest are ExpandDims, "), named);
    String output = CpuNetworks.refusal("graph:" + inception + "#input=ExpandDims,output=pool_3:1");
    assertTrue(output.contains("expected an output of pool_3, which has 1"), output);
  }

  @Test
  void damagedGraphsAreRefusedInOneLine() throws Exception {
    byte[] whole = Files.readAllBytes(inception);
    Path cut = Files.write(folder.resolve("cut.pb"), Arrays.copyOf(whole, whole.length / 2));
    Path text = Files.writeString(folder.resolve("text.pb"), "no graph at all");
    Path empty = Files.write(folder.resolve("empty.pb"), new byte[0]);
    for (Path file : new Path[] {cut, text, empty, folder.resolve("missing.pb"), folder}) {
      String message = CpuNetworks.refusal("inception:" + file);
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
        String message = CpuNetworks.refusal("graph:" + file + "#input=a,output=b" + trust);
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.startsWith(file + ": expected a frozen TensorFlow graph"), message);
      }
    }
  }

  /** Of larger images than the ones that it was tried with, the first would pass for all. */
  @Test
  void featuresThatGrowWithTheImageAreRefused() {
    try (FeatureNetwork network =
        CpuNetworks.open("graph:" + inception + "#input=Mul,output=pool_3,channels=3")) {
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
    String message =
        CpuNetworks.refusal("graph:" + inception + "#input=Mul,output=pool_3,channels=1");
    assertTrue(message.contains("does not run on [2, 32, 32, 1]"), message);
  }

  @Test
  void whatIsNoProbabilityIsRefusedBeforeAnImageIsSeen() {
    String spec = "graph:" + inception + "#input=ExpandDims,output=pool_3,probabilities=conv";
    String message = CpuNetworks.refusal(spec);
    assertTrue(message.contains("expected probabilities at conv:0"), message);
    assertTrue(message.contains("sample 0: "), message);
  }

  @Test
  void textsThatNameNoNetworkAreRefused() {
    String unknown = CpuNetworks.misspelt("digit");
    assertTrue(unknown.contains("Did you mean digits?"), unknown);
    assertTrue(CpuNetworks.misspelt("inception:").contains("a file after the colon"), "no file");
    assertTrue(
        CpuNetworks.misspelt("graph:" + inception).contains("the names of its nodes"), "no names");
    String key = CpuNetworks.misspelt("graph:" + inception + "#input=a,out=b");
    assertTrue(key.contains("found out=b"), key);
    String none = CpuNetworks.misspelt("graph:" + inception + "#output=b");
    assertTrue(none.contains("expected input=NAME"), none);
    String range = CpuNetworks.misspelt("graph:" + inception + "#input=a,output=b,range=1:2");
    assertTrue(range.contains("expected -1:1, 0:1 or 0:255, found 1:2"), range);
    String side = CpuNetworks.misspelt("graph:" + inception + "#input=a,output=b,side=x");
    assertTrue(side.contains("side: expected a number, found x"), side);
  }
}
