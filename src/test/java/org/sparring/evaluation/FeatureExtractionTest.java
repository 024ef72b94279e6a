package org.sparring.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.data.GlyphSource;
import org.sparring.data.ImageAdapter.Method;
import org.sparring.data.ImageSource;
import org.sparring.errors.DataException;
import org.sparring.errors.EvaluationException;
import org.sparring.errors.ModelException;
import org.sparring.metrics.Features;
import org.sparring.pictures.ImageGeometry;

class FeatureExtractionTest {
  private static final ImageSource GLYPHS = new GlyphSource(601, 12, 1, 3);

  @TempDir private Path folder;

  /** Says the sum and the first pixel of each image, seven at a time, and a factor times that. */
  private record Adding(OptionalInt side, int channels, float factor) implements FeatureNetwork {
    Adding(OptionalInt side, int channels) {
      this(side, channels, 1);
    }

    @Override
    public String name() {
      return "adding";
    }

    @Override
    public String sha256() {
      return "0";
    }

    @Override
    public InputFormat input() {
      return new InputFormat(side, channels, PixelRange.BYTES);
    }

    @Override
    public int features() {
      return 2;
    }

    @Override
    public OptionalInt classes() {
      return OptionalInt.of(2);
    }

    @Override
    public int batch() {
      return 7;
    }

    @Override
    public Sight see(float[] images, int count, ImageGeometry geometry) {
      assertTrue(count >= 1 && count <= 7, count + " images");
      assertEquals(count * geometry.bytes(), images.length);
      float[] features = new float[2 * count];
      for (int i = 0; i < images.length; i++) {
        features[2 * (i / geometry.bytes())] += factor * images[i];
      }
      for (int i = 0; i < count; i++) {
        features[2 * i + 1] = images[i * geometry.bytes()];
      }
      float[] halves = new float[2 * count];
      Arrays.fill(halves, 0.5f);
      return new Sight(features, halves);
    }

    @Override
    public void close() {}
  }

  @Test
  void everyImageIsSeenOnceAndInItsOrder() {
    int[] indices = new int[601];
    Arrays.setAll(indices, i -> 600 - i);
    List<Integer> heard = new ArrayList<>();
    FeatureSample sample =
        new FeatureExtraction(new Adding(OptionalInt.empty(), 1), Method.AUTO, false)
            .of(ImageBatches.of(GLYPHS, indices), (done, count) -> heard.add(done));
    assertEquals(601, sample.count());
    assertEquals(List.of(250, 500, 601), heard);
    assertEquals(2, sample.probabilities().orElseThrow().dimensions());
    byte[] image = new byte[144];
    for (int i : new int[] {0, 6, 7, 249, 250, 600}) {
      GLYPHS.read(600 - i, image, 0);
      int sum = 0;
      for (byte pixel : image) {
        sum += pixel & 0xff;
      }
      assertEquals(sum, sample.features().values()[2 * i], "image " + i);
    }
  }

  @Test
  void sizesAreAdaptedByAStatedProtocol() {
    assertEquals("none", protocol(12, Method.AUTO));
    assertEquals("crop 12×12 to 10×10", protocol(10, Method.AUTO));
    assertEquals("area average (antialiased) 12×12 to 6×6, 8 bits", protocol(6, Method.AUTO));
    assertEquals(
        "area average (antialiased) 12×12 to 10×10, 8 bits", protocol(10, Method.RESAMPLE));
    assertEquals("bilinear (half-pixel centres) 12×12 to 16×16, 8 bits", protocol(16, Method.AUTO));
    assertThrows(DataException.class, () -> protocol(16, Method.CROP));
  }

  /** The middle of 12×12 begins at row 1 and column 1. */
  @Test
  void aCropIsTheMiddle() {
    FeatureSample sample =
        new FeatureExtraction(new Adding(OptionalInt.of(10), 1), Method.AUTO, false)
            .of(ImageBatches.of(GLYPHS, new int[] {5}), (done, count) -> {});
    byte[] image = new byte[144];
    GLYPHS.read(5, image, 0);
    int sum = 0;
    for (int y = 1; y < 11; y++) {
      for (int x = 1; x < 11; x++) {
        sum += image[12 * y + x] & 0xff;
      }
    }
    assertArrayEquals(new float[] {sum, image[13] & 0xff}, sample.features().values());
  }

  @Test
  void greyImagesAreRepeatedOnlyWhereAskedFor() {
    FeatureNetwork colour = new Adding(OptionalInt.empty(), 3);
    ImageBatches grey = ImageBatches.of(GLYPHS, new int[] {0});
    String message =
        assertThrows(
                DataException.class,
                () -> new FeatureExtraction(colour, Method.AUTO, false).of(grey, (d, c) -> {}))
            .getMessage();
    assertTrue(message.contains("images of 3 channel(s)"), message);
    assertTrue(message.contains("found 1 channel(s)"), message);
    FeatureSample repeated =
        new FeatureExtraction(colour, Method.AUTO, true).of(grey, (d, c) -> {});
    FeatureSample once =
        new FeatureExtraction(new Adding(OptionalInt.empty(), 1), Method.AUTO, false)
            .of(grey, (d, c) -> {});
    assertEquals(3 * once.features().values()[0], repeated.features().values()[0]);
  }

  @Test
  void featuresThatAreNoNumbersAreTheNetworksFault() {
    FeatureNetwork broken = new Adding(OptionalInt.empty(), 1, Float.NaN);
    var extraction = new FeatureExtraction(broken, Method.AUTO, false);
    ImageBatches images = ImageBatches.of(GLYPHS, new int[] {3, 4});
    String message =
        assertThrows(ModelException.class, () -> extraction.of(images, (d, c) -> {})).getMessage();
    assertEquals(
        "the network adding: sample 0, feature 0: expected a finite number, found NaN", message);
  }

  @Test
  void moreFeaturesThanAnArrayHoldsAreRefused() {
    var extraction = new FeatureExtraction(new Adding(OptionalInt.empty(), 1), Method.AUTO, false);
    extraction.requireFits(1_000_000_000);
    String message =
        assertThrows(EvaluationException.class, () -> extraction.requireFits(1_500_000_000))
            .getMessage();
    assertTrue(message.startsWith("expected at most 1073741823 images of 2 features"), message);
  }

  @Test
  void theCacheGivesBackWhatItWasGivenAndNothingOfADamagedFile() throws Exception {
    FeatureCache cache = new FeatureCache(folder.resolve("new/cache"));
    FeatureSample sample =
        new FeatureSample(
            new Features(new float[] {1, 2, 3, 4, 5, 6}, 3),
            Optional.of(new Features(new float[] {0, 1, 1, 0}, 2)));
    assertTrue(cache.read("key").isEmpty());
    cache.write("key", sample);
    FeatureSample back = cache.read("key").orElseThrow();
    assertArrayEquals(sample.features().values(), back.features().values());
    assertEquals(3, back.features().dimensions());
    assertArrayEquals(new float[] {0, 1, 1, 0}, back.probabilities().orElseThrow().values());
    assertTrue(cache.read("another key").isEmpty());
    Path file = cache.file("key");
    byte[] whole = Files.readAllBytes(file);
    for (int at : new int[] {0, 9, 25, whole.length - 1}) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertTrue(cache.read("key").isEmpty(), "byte " + at);
    }
    for (int length : new int[] {0, 10, whole.length - 4}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertTrue(cache.read("key").isEmpty(), "length " + length);
    }
    cache.write("key", new FeatureSample(sample.features(), Optional.empty()));
    assertTrue(cache.read("key").orElseThrow().probabilities().isEmpty());
  }

  private static String protocol(int side, Method method) {
    FeatureNetwork network = new Adding(OptionalInt.of(side), 1);
    return new FeatureExtraction(network, method, false).adapter(GLYPHS.geometry()).protocol();
  }
}
