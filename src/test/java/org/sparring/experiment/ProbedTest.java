package org.sparring.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.training.ProbeSet;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;

/** What a run is measured on. */
class ProbedTest {
  @TempDir private Path folder;

  /** Held-out images are read as the recipe says: bad ones are left out here, too. */
  @Test
  void heldOutRecordsAreReadAsTheRecipeSays() throws IOException {
    Files.write(folder.resolve("train.tfrecord"), records(png(), png()));
    Files.write(folder.resolve("test.tfrecord"), records(png(), new byte[3], png()));
    Recipe recipe = TinyRecipe.with("data.source=tfrecord:" + folder, "data.skip_bad=true");
    ProbeSet probed = new Probed(recipe).of(new Assembly(recipe).source());
    assertEquals(probed.reals().length, probed.heldOut().length);
    assertEquals(
        Optional.empty(), new Probed(recipe).withoutHeldOut(new Assembly(recipe).source()));
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
