package org.sparring.records;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.Messages.assertRefused;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.data.ImageSource;
import org.sparring.data.ImageSourceContract;
import org.sparring.data.Split;
import org.sparring.datasets.ImageSources;
import org.sparring.pictures.ImageGeometry;

/** Files that NumPy wrote. */
class NumpySourceTest extends ImageSourceContract {
  @TempDir Path folder;

  @Override
  public ImageSource open() throws IOException {
    return open("parts.npz", Split.TRAIN);
  }

  private ImageSource open(String name, Split split) throws IOException {
    Path file = RecordFixtures.copy(name, folder);
    return ImageSources.open("npz:" + file, 0, 0, 0, split);
  }

  @Test
  void namesOfArraysSayTheParts() throws IOException {
    ImageSource train = open("parts.npz", Split.TRAIN);
    assertEquals(5, train.size());
    assertEquals(new ImageGeometry(3, 2, 1), train.geometry());
    assertArrayEquals(new byte[] {6, 7, 8, 9, 10, 11}, RecordFixtures.image(train, 1));
    assertEquals(2, train.label(2));
    ImageSource test = open("parts.npz", Split.TEST);
    assertEquals(2, test.size());
    assertEquals(100, RecordFixtures.image(test, 0)[0]);
    assertEquals(2, test.label(1));
    assertEquals("npz parts.npz test", test.name());
  }

  @Test
  void colourWithAColumnOfLabelsIsRead() throws IOException {
    ImageSource source = open("colour.npz", Split.TEST);
    assertTrue(source.isWhole());
    assertEquals(new ImageGeometry(2, 2, 3), source.geometry());
    assertEquals(3, source.label(0));
    assertEquals(4, source.classes());
    assertArrayEquals(new byte[] {12, 13, 14}, Arrays.copyOf(RecordFixtures.image(source, 1), 3));
  }

  @Test
  void aSingleArrayIsRead() throws IOException {
    ImageSource source = open("grey.npy", Split.TRAIN);
    assertEquals(5, source.size());
    assertEquals(-1, source.label(0));
  }

  @Test
  void imagesAreBroughtToASize() throws IOException {
    Path file = RecordFixtures.copy("colour.npz", folder);
    ImageSource source = ImageSources.open("npz:" + file, 1, 1, 0, Split.TRAIN);
    assertEquals(new ImageGeometry(1, 1, 1), source.geometry());
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    assertRefused(
        () -> open("floats.npz", Split.TRAIN),
        "floats.npz: expected one uint8 array",
        "found none");
    Path cut = RecordFixtures.copy("grey.npy", folder);
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused(
        () -> ImageSources.open("npz:" + cut, 0, 0, 0, Split.TRAIN), cut + ", offset", "cut short");
    Files.write(cut, new byte[100]);
    assertRefused(
        () -> ImageSources.open("npz:" + cut, 0, 0, 0, Split.TRAIN), "a NumPy array (.npy)");
    assertRefused(() -> ImageSources.open("npz:" + folder, 0, 0, 0, Split.TRAIN), "found a folder");
  }

  /** A header in which a search for the shape once took a time that doubled with each digit. */
  @Test
  void shapesThatAreNoneAreRefusedAtOnce() throws IOException {
    Path file = folder.resolve("shape.npy");
    for (String shape : List.of("9".repeat(60), "4 8 8", "9".repeat(20) + ", 2", "(")) {
      String header =
          "{'descr': '|u1', 'fortran_order': False, 'shape': (" + shape + "), }          \n";
      ByteBuffer bytes = ByteBuffer.allocate(10 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
      bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
      bytes.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
      Files.write(file, bytes.array());
      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () ->
              assertRefused(
                  () -> ImageSources.open("npz:" + file, 0, 0, 0, Split.TRAIN), file + ""));
    }
  }
}
