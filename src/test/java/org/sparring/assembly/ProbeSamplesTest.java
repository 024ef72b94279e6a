package org.sparring.assembly;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.data.Dataset;
import org.sparring.data.GlyphSource;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.TinyRecipe;
import org.sparring.tasks.ProbeSet;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;

/** What a run is measured on. */
class ProbeSamplesTest {
  @TempDir private Path folder;

  /** Held-out images are read as the recipe says: bad ones are left out here, too. */
  @Test
  void heldOutRecordsAreReadAsTheRecipeSays() throws IOException {
    Files.write(folder.resolve("train.tfrecord"), records(png(), png()));
    Files.write(folder.resolve("test.tfrecord"), records(png(), new byte[3], png()));
    Recipe recipe = TinyRecipe.with("data.source=tfrecord:" + folder, "data.skip_bad=true");
    ProbeSet probed = new ProbeSamples(recipe).of(new Assembly(recipe).data().first());
    assertEquals(probed.reals().length, probed.heldOut().length);
    assertEquals(
        Optional.empty(),
        new ProbeSamples(recipe).withoutHeldOut(new Assembly(recipe).data().first()));
  }

  /** A conditional discriminator cannot judge them; any other can. */
  @Test
  void heldOutImagesOfNoClassAreLeftOutWhereLabelsAreUsed() throws IOException {
    for (String name : List.of("train/a/1.png", "train/b/2.png", "test/3.png", "test/4.png")) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.write(folder.resolve(name), png());
    }
    Recipe plain = TinyRecipe.with("data.source=folder:" + folder);
    assertTrue(new ProbeSamples(plain).of(new Assembly(plain).data().first()).heldOut().length > 0);
    Recipe conditional = TinyRecipe.with("data.source=folder:" + folder, "labels.kind=projection");
    Dataset source = new Assembly(conditional).data().first();
    ProbeSet probed = new ProbeSamples(conditional).of(source);
    assertEquals(0, probed.heldOut().length);
    assertArrayEquals(new int[] {0, 1}, probed.labels());
    assertEquals(
        Optional.of("held-out images without the classes of the others"),
        new ProbeSamples(conditional).withoutHeldOut(source));
  }

  /** The recipe's own data set has held-out images of another kind. */
  @Test
  void dataOfAProgramIsNotMeasuredOnTheHeldOutImagesOfTheRecipe() {
    Recipe recipe = TinyRecipe.with("data.source=glyphs:32", "data.side=16");
    assertTrue(
        new ProbeSamples(recipe).of(new Assembly(recipe).data().first()).heldOut().length > 0);
    Dataset own = new GlyphSource(32, 16, 1, 9);
    assertEquals(0, new ProbeSamples(recipe).of(own).heldOut().length);
    assertEquals(Optional.of("none"), new ProbeSamples(recipe).withoutHeldOut(own));
  }

  static byte[] png() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY), "png", bytes);
    return bytes.toByteArray();
  }

  /** TFRecords of images without classes. */
  private static byte[] records(byte[]... images) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] image : images) {
      Feature encoded =
          Feature.newBuilder()
              .setBytesList(BytesList.newBuilder().addValue(ByteString.copyFrom(image)))
              .build();
      byte[] example =
          Example.newBuilder()
              .setFeatures(Features.newBuilder().putFeature("image/encoded", encoded))
              .build()
              .toByteArray();
      byte[] length = little(8).putLong(example.length).array();
      out.writeBytes(length);
      out.writeBytes(masked(length));
      out.writeBytes(example);
      out.writeBytes(masked(example));
    }
    return out.toByteArray();
  }

  private static byte[] masked(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return little(4).putInt(Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8).array();
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
