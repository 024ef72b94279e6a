package org.sparring.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.sparring.errors.Messages.assertRefused;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.datasets.ImageSources;
import org.sparring.pictures.ImageGeometry;

class StackedDigitsTest extends ImageSourceContract {
  private static final ImageSource FEW = new GlyphSource(20, 12, 1, 3);
  private static final ImageSource MORE = new GlyphSource(30, 12, 1, 4);

  @TempDir private Path folder;

  @Override
  public ImageSource open() {
    return new StackedDigits(List.of(FEW, MORE), 40, 7);
  }

  @Test
  void everyChannelIsADigitAndTheLabelIsTheNumberTheySpell() {
    Map<ByteBuffer, Integer> digits = new HashMap<>();
    for (ImageSource part : List.of(FEW, MORE)) {
      for (int i = 0; i < part.size(); i++) {
        digits.put(ByteBuffer.wrap(image(part, i)), part.label(i));
      }
    }
    ImageSource stacks = open();
    for (int i = 0; i < stacks.size(); i++) {
      int label = 0;
      for (int channel = 0; channel < 3; channel++) {
        label = 10 * label + digits.get(ByteBuffer.wrap(channel(image(stacks, i), channel)));
      }
      assertEquals(label, stacks.label(i), "stack " + i);
    }
  }

  @Test
  void bothPartsAreDrawnFromByTheirSizes() {
    StackedDigits stacks = new StackedDigits(List.of(FEW, MORE), 1000, 7);
    Set<ByteBuffer> few = new HashSet<>();
    IntStream.range(0, FEW.size()).forEach(i -> few.add(ByteBuffer.wrap(image(FEW, i))));
    int fromFew = 0;
    for (int i = 0; i < stacks.size(); i++) {
      byte[] image = image(stacks, i);
      for (int channel = 0; channel < 3; channel++) {
        fromFew += few.contains(ByteBuffer.wrap(channel(image, channel))) ? 1 : 0;
      }
    }
    // .4 of 3000 with a standard error of .009
    assertEquals(0.4, fromFew / 3000.0, 0.036);
  }

  @Test
  void fewerStacksAreTheFirstOfMoreAndASeedGivesOthers() {
    ImageSource all = open();
    ImageSource first = new StackedDigits(List.of(FEW, MORE), 5, 7);
    for (int i = 0; i < first.size(); i++) {
      assertArrayEquals(image(all, i), image(first, i));
    }
    ImageSource others = new StackedDigits(List.of(FEW, MORE), 40, 8);
    assertNotEquals(all.contentHash(), others.contentHash());
    assertNotEquals(all.contentHash(), first.contentHash());
    assertTrue(IntStream.range(0, 40).anyMatch(i -> all.label(i) != others.label(i)));
  }

  /** A pair that learns few stacks by class has room for all. */
  @Test
  void fewStacksAreOfAThousandClassesToo() {
    assertEquals(1000, new StackedDigits(List.of(FEW, MORE), 3, 1).classes());
  }

  @Test
  void whatIsNoGreyDigitIsRefused() {
    ImageSource coloured = new GlyphSource(5, 12, 3, 3);
    ImageSource larger = new GlyphSource(5, 16, 1, 3);
    assertRefused(() -> new StackedDigits(List.of(coloured), 5, 1), "grey digits", "12×12×3");
    assertRefused(() -> new StackedDigits(List.of(FEW, larger), 5, 1), "12×12×1", "16×16×1");
    assertRefused(() -> new StackedDigits(List.of(FEW), 0, 1), "1 stack or more", "found 0");
    assertRefused(() -> new StackedDigits(List.of(), 1, 1), "1 source of digits or more");
    StackedDigits stacks = new StackedDigits(List.of(FEW), 5, 1);
    assertRefused(() -> new StackedDigits(List.of(stacks), 5, 1), "grey digits");
  }

  @Test
  void aSpecMayHaveACountAndItsFolderANumberSign() throws IOException {
    assertRefused(
        () -> open("stacked-mnist:" + folder.resolve("no#12")),
        folder.resolve("no") + "",
        "Fetch the data set mnist into " + folder.resolve("no"));
    Path place = Files.createDirectories(folder.resolve("a#1b"));
    assertRefused(() -> open("stacked-mnist:" + place), place + "", "train-images-idx3-ubyte");
    assertRefused(
        () -> open("stacked-mnist:" + place + "#99999999999"),
        "a number of images",
        "stacked-mnist:data/mnist#128000");
    assertRefused(
        () -> ImageSources.open("stacked-mnist:x", 0, 1, 1, Split.TRAIN), "3 channels", "found 1");
  }

  /**
   * Stacks of real digits: 128,000 of them hold every mode, and their KL is the digits' own skew.
   */
  @Test
  void realStacksCoverAllModes() {
    String root = System.getenv("SPARRING_DATA");
    assumeTrue(root != null, "SPARRING_DATA is not set: no real data to read");
    ImageSource stacks = open("stacked-mnist:" + root + "/mnist");
    assertEquals(128_000, stacks.size());
    assertEquals(new ImageGeometry(28, 28, 3), stacks.geometry());
    int[] counts = new int[1000];
    IntStream.range(0, stacks.size()).forEach(i -> counts[stacks.label(i)]++);
    assertTrue(IntStream.of(counts).allMatch(n -> n > 0));
    double kl = 0;
    for (int count : counts) {
      double share = count / 128_000.0;
      kl += share * Math.log(1000 * share);
    }
    // .0043 of class skew and a floor of 999/256,000 = .0039
    assertEquals(0.0082, kl, 0.0008);
    ImageSource few = open("stacked-mnist:" + root + "/mnist#3");
    assertEquals(3, few.size());
    assertArrayEquals(image(stacks, 2), image(few, 2));
    assertEquals(
        32,
        ImageSources.open("stacked-mnist:" + root + "/mnist", 32, 3, 1, Split.TEST)
            .geometry()
            .height());
  }

  private static ImageSource open(String spec) {
    return ImageSources.open(spec, 0, 0, 1, Split.TRAIN);
  }

  private static byte[] image(ImageSource source, int index) {
    byte[] image = new byte[source.geometry().bytes()];
    source.read(index, image, 0);
    return image;
  }

  private static byte[] channel(byte[] image, int channel) {
    byte[] alone = new byte[image.length / 3];
    for (int p = 0; p < alone.length; p++) {
      alone[p] = image[3 * p + channel];
    }
    return alone;
  }
}
