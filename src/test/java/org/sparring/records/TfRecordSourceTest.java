package org.sparring.records;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sparring.errors.Messages.assertRefused;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.data.ImageOptions;
import org.sparring.data.ImageSource;
import org.sparring.data.ImageSourceContract;
import org.sparring.data.Split;
import org.sparring.datasets.DataCheck;
import org.sparring.datasets.DataReport;
import org.sparring.datasets.ImageSources;
import org.sparring.pictures.Images;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.Int64List;

/** Examples made by TensorFlow's own classes. */
public class TfRecordSourceTest extends ImageSourceContract {
  @TempDir public Path folder;

  @Override
  public ImageSource open() throws IOException {
    Path file = folder.resolve("a.tfrecord");
    Files.write(file, records(labelled(0, "cat"), labelled(2, "owl"), labelled(1, "dog")));
    return open(file);
  }

  private static ImageSource open(Path place) {
    return ImageSources.open("tfrecord:" + place, 1, 3, 0, Split.TRAIN);
  }

  @Test
  void imagesLabelsAndNamesAreRead() throws IOException {
    ImageSource source = open();
    assertEquals(3, source.size());
    assertArrayEquals(new byte[] {40, 50, 2}, RecordFixtures.image(source, 1));
    assertEquals(2, source.label(1));
    assertEquals(List.of("cat", "dog", "owl"), source.labelNames());
  }

  @Test
  void theShortNamesOfFeaturesAndGzipAreRead() throws IOException {
    Path shard = folder.resolve("train-00000-of-00001");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(shard))) {
      out.write(records(example("image", 7, "label", 1), example("image", 8, "label", 0)));
    }
    ImageSource source = open(folder);
    assertEquals(2, source.size());
    assertEquals(1, source.label(0));
    assertEquals(List.of("0", "1"), source.labelNames());
  }

  /** The checksum of the format's description: bytes of a record of TensorFlow's own tests. */
  @Test
  void checksumsAreThoseOfTensorFlow() {
    // masked CRC-32C of eight zero bytes: crc 0x8c28b28a, turned by 15 bits, plus 0xa282ead8
    assertEquals(
        Integer.rotateRight(0x8c28b28a, 15) + 0xa282ead8, TfRecordSource.masked(new byte[8]));
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    byte[] whole = records(labelled(0, ""), labelled(1, ""));
    Path file = folder.resolve("b.tfrecord");
    byte[] damaged = whole.clone();
    damaged[30] ^= 1;
    Files.write(file, damaged);
    assertRefused(() -> open(file), file + ", offset 0", "checksum");
    Files.write(file, Arrays.copyOf(whole, whole.length - 5));
    assertRefused(() -> open(file), file + ", offset", "cut short");
    Files.write(file, new byte[0]);
    assertRefused(() -> open(file), "expected a record");
    Files.write(file, records(example("picture", 1, "label", 1)));
    assertRefused(() -> open(file), file + ", record 0", "a feature image/encoded or image");
    Files.write(file, records(labelled(1, ""), example("image", 1, "other", 1)));
    assertRefused(() -> open(file), file + ", record 1", "expected a label", "found none");
  }

  /** A checksum that does not fit, an image that is none, and no image; lengths are right. */
  @Test
  void recordsThatAreBadCanBeLeftOut() throws IOException {
    byte[] torn = records(labelled(1, ""));
    torn[30] ^= 1;
    Feature text = bytes(ByteString.copyFromUtf8("text"));
    Example none =
        labelled(1, "").toBuilder()
            .mergeFeatures(Features.newBuilder().putFeature("image/encoded", text).build())
            .build();
    Path file = folder.resolve("c.tfrecord");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(records(labelled(0, "")));
      out.write(torn);
      out.write(records(none, example("picture", 1, "label", 1), labelled(2, "")));
    }
    assertRefused(() -> open(file), file.toString(), "checksum");
    ImageSource good = leavingOut("tfrecord:" + file);
    assertEquals(2, good.size());
    assertEquals(2, good.label(1));
    assertEquals(
        "2 images, 3 classes: 0, 1, 2; 3 skipped: 3 bad (record 1, record 2, record 3)",
        good.summary());
    DataReport report = DataCheck.of("tfrecord:" + file, 0, 0, 0);
    assertEquals(
        List.of("record 1", "record 2", "record 3"),
        report.findings().faults().stream().map(DataReport.Fault::file).sorted().toList());
    Files.write(file, records(none, none));
    assertRefused(
        () -> leavingOut("tfrecord:" + file), "an image that can be decoded", "none of 2, such as");
  }

  /** Tags that open a group and never close it: of an example, its features, and one feature. */
  @Test
  void groupsWithinGroupsAreRefused() throws IOException {
    byte[] groups = new byte[400_000];
    Arrays.fill(groups, (byte) (15 << 3 | WireFormat.WIRETYPE_START_GROUP));
    byte[] features = within(1, groups);
    byte[] entry = within(1, within(1, groups));
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    image.writeBytes(within(1, "image".getBytes(StandardCharsets.UTF_8)));
    image.writeBytes(within(2, within(1, groups)));
    byte[] value = within(1, within(1, image.toByteArray()));
    Path file = folder.resolve("d.tfrecord");
    for (byte[] record : List.of(groups, features, entry, value)) {
      Files.write(file, records(record));
      assertRefused(() -> open(file), file + ", record 0: expected a tf.train.Example", "kind");
    }
  }

  /** A field of bytes. */
  private static byte[] within(int field, byte[] bytes) {
    return UnknownFieldSet.newBuilder()
        .addField(
            field,
            UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFrom(bytes))
                .build())
        .build()
        .toByteArray();
  }

  static ImageSource leavingOut(String spec) {
    return ImageSources.open(spec, 1, 3, 0, Split.TRAIN, new ImageOptions(true, 0));
  }

  private static Example labelled(int label, String name) throws IOException {
    return example("image/encoded", label, "image/class/label", label).toBuilder()
        .mergeFeatures(
            Features.newBuilder()
                .putFeature("image/class/text", bytes(ByteString.copyFromUtf8(name)))
                .putFeature(
                    "image/score",
                    Feature.newBuilder()
                        .setFloatList(FloatList.newBuilder().addValue(1.5f))
                        .build())
                .build())
        .build();
  }

  private static Example example(String imageKey, int blue, String labelKey, int label)
      throws IOException {
    byte[] png = Images.png(2, 2, 0xff000000 | 40 << 16 | 50 << 8 | blue);
    Feature number =
        Feature.newBuilder().setInt64List(Int64List.newBuilder().addValue(label)).build();
    return Example.newBuilder()
        .setFeatures(
            Features.newBuilder()
                .putFeature(imageKey, bytes(ByteString.copyFrom(png)))
                .putFeature(labelKey, number))
        .build();
  }

  private static Feature bytes(ByteString value) {
    return Feature.newBuilder().setBytesList(BytesList.newBuilder().addValue(value)).build();
  }

  static byte[] records(Example... examples) {
    return records(Arrays.stream(examples).map(Example::toByteArray).toArray(byte[][]::new));
  }

  private static byte[] records(byte[]... examples) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] bytes : examples) {
      byte[] length = little(8).putLong(bytes.length).array();
      out.writeBytes(length);
      out.writeBytes(little(4).putInt(TfRecordSource.masked(length)).array());
      out.writeBytes(bytes);
      out.writeBytes(little(4).putInt(TfRecordSource.masked(bytes)).array());
    }
    return out.toByteArray();
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
