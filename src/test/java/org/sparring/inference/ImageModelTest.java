package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.example.PictureMaps;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.ErrorKind;
import org.sparring.errors.ModelException;
import org.sparring.exports.PictureFunction;
import org.sparring.natives.SessionOptions;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Picture;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

class ImageModelTest {
  private static final int WHOLE = 4096;

  @TempDir private static Path folder;
  private static ImageModel model;

  @BeforeAll
  static void load() {
    model = ImageModel.load(PictureModels.export(folder.resolve("run")));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void theDescriptionNamesTheFunctionsWithTheirForms() throws IOException {
    assertEquals(
        List.of(
            new PictureFunction("upscale", 3, 3, 2, 1, 2),
            new PictureFunction("a_to_b", 3, 3, 1, 4, 12),
            new PictureFunction("b_to_a", 1, 1, 1, 1, -1)),
        model.functions());
    assertEquals(3, PictureMaps.FORMS.size());
    String json = Files.readString(folder.resolve("run/saved_model/sparring.json"));
    assertTrue(json.contains("\"input_channels\" : 3"), json);
  }

  @Test
  void aPictureEqualsTheCallOfItsSignature() {
    Picture picture = random(8, 12, 3);
    float[] values = new float[picture.pixels().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (picture.pixels()[i] & 0xff) / 127.5f - 1;
    }
    try (SavedModelBundle bundle =
            SavedModelBundle.load(folder.resolve("run/saved_model").toString());
        TFloat32 input =
            TFloat32.tensorOf(Shape.of(1, 8, 12, 3), DataBuffers.of(values, true, false));
        Result result = bundle.function("upscale").call(java.util.Map.of("picture", input))) {
      assertEquals(Shape.of(1, 16, 24, 3), result.get(0).shape());
      float[] found = new float[16 * 24 * 3];
      ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(found);
      byte[] pixels = model.apply(model.function("upscale"), picture).pixels();
      for (int i = 0; i < found.length; i++) {
        assertEquals(Math.round((found[i] + 1) * 127.5f), pixels[i] & 0xff);
      }
    }
  }

  @Test
  void tilesOfAFunctionOfFiniteReachGiveTheResultOfTheWhole() {
    for (String name : List.of("upscale", "a_to_b")) {
      PictureFunction function = model.function(name);
      for (int[] size : new int[][] {{70, 101}, {33, 16}, {17, 90}}) {
        Picture picture = random(size[0], size[1], 3);
        Picture whole = model.apply(function, picture, WHOLE);
        assertEquals(size[0] * function.scale(), whole.geometry().height());
        for (int tile : new int[] {16, 21, 32, 64}) {
          Picture tiled = model.apply(function, picture, tile);
          assertArrayEquals(whole.pixels(), tiled.pixels(), name + " by tiles of " + tile);
        }
      }
    }
  }

  @Test
  void withoutTheReachTilesWouldDiffer() {
    PictureFunction function = model.function("upscale");
    var blind = new PictureFunction("upscale", 3, 3, 2, 1, 0);
    Picture picture = random(40, 40, 3);
    PictureRows.Call call =
        (values, height, width, reader) -> {
          Picture part = new Picture(new ImageGeometry(height, width, 3), bytes(values));
          reader.accept(floats(model.apply(function, part, WHOLE).pixels()));
        };
    byte[] found = new PictureRows(picture, blind, 16, call).next();
    byte[] whole = model.apply(function, picture, WHOLE).pixels();
    assertNotEquals(-1, Arrays.mismatch(found, Arrays.copyOf(whole, found.length)));
  }

  @Test
  void tilesOfAFunctionThatSeesTheWholeAreBlended() {
    // a constant picture has the mean of its tiles: every blend of equal values is the value
    PictureFunction function = model.function("b_to_a");
    byte[] pixels = new byte[60 * 60];
    Arrays.fill(pixels, (byte) 200);
    Picture grey = new Picture(new ImageGeometry(60, 60, 1), pixels);
    Picture tiled = model.apply(function, grey, 16);
    int inner = tiled.pixels()[30 * 60 + 30] & 0xff;
    assertEquals(128, inner, 40);
    Picture noise = random(60, 45, 1);
    byte[] whole = model.apply(function, noise, WHOLE).pixels();
    byte[] blended = model.apply(function, noise, 32).pixels();
    double difference =
        IntStream.range(0, whole.length)
            .map(i -> Math.abs((whole[i] & 0xff) - (blended[i] & 0xff)))
            .average()
            .orElseThrow();
    assertTrue(difference > 0 && difference < 20, "mean difference " + difference);
  }

  @Test
  void rowsArriveFromTheTop() {
    PictureFunction function = model.function("upscale");
    Picture picture = random(40, 24, 3);
    PictureRows rows = model.rows(function, picture, 16);
    byte[] first = rows.next();
    assertEquals(16 * 2 * 24 * 2 * 3, first.length);
    byte[] whole = model.apply(function, picture).pixels();
    assertArrayEquals(Arrays.copyOf(whole, first.length), first);
    rows.next();
    assertEquals(8 * 2 * 24 * 2 * 3, rows.next().length);
    assertEquals(0, rows.next().length);
  }

  @Test
  void picturesSmallerThanTheMultipleArePadded() {
    for (int[] size : new int[][] {{1, 1}, {2, 5}, {3, 1}}) {
      Picture made = model.apply(model.function("a_to_b"), random(size[0], size[1], 3));
      assertEquals(new ImageGeometry(size[0], size[1], 3), made.geometry());
    }
  }

  @Test
  void aBatchEqualsItsPicturesOneByOne() {
    for (int side : new int[] {10, 300}) {
      PictureFunction function = model.function("a_to_b");
      List<Picture> pictures = List.of(random(side, 7, 3, 1), random(side, 7, 3, 2));
      List<Picture> made = model.apply(function, pictures);
      for (int i = 0; i < 2; i++) {
        assertArrayEquals(model.apply(function, pictures.get(i)).pixels(), made.get(i).pixels());
      }
    }
  }

  @Test
  void threadsShareAModel() {
    Picture picture = random(40, 40, 3);
    byte[] expected = model.apply(model.function("upscale"), picture).pixels();
    IntStream.range(0, 16)
        .parallel()
        .forEach(
            i ->
                assertArrayEquals(
                    expected, model.apply(model.function("upscale"), picture, 16).pixels()));
  }

  @Test
  void wrongRequestsAreRefused() {
    refused("The nearest is upscale", () -> model.function("upscal"));
    PictureFunction upscale = model.function("upscale");
    refused(
        "expected a picture of 3 channels, found 1", () -> model.apply(upscale, random(4, 4, 1)));
    refused("tile: expected 16 or more", () -> model.apply(upscale, random(4, 4, 3), 8));
    var other = new PictureFunction("other", 3, 3, 1, 1, 0);
    refused("a function of this model", () -> model.apply(other, random(4, 4, 3)));
    refused("of one shape", () -> model.apply(upscale, List.of(random(4, 4, 3), random(5, 4, 3))));
    refused("of one shape", () -> model.apply(upscale, List.of()));
  }

  @Test
  void aClosedModelRefuses() {
    ImageModel other = ImageModel.load(folder.resolve("run"), SessionOptions.CPU, OpPolicy.KNOWN);
    PictureFunction upscale = other.function("upscale");
    other.close();
    var e = assertThrows(ModelException.class, () -> other.apply(upscale, random(4, 4, 3)));
    assertEquals(ErrorKind.CLOSED, e.kind());
  }

  @Test
  void aGeneratorIsNotAModelOfPicturesNorTheReverse(@TempDir Path generator) {
    TinyModels.plain(generator).close();
    var e = assertThrows(ModelException.class, () -> ImageModel.load(generator));
    assertTrue(e.getMessage().contains("maps pictures to pictures"), e.getMessage());
    assertThrows(ModelException.class, () -> GeneratorModel.load(folder.resolve("run")));
  }

  private static void refused(String part, Runnable call) {
    var e = assertThrows(ModelException.class, call::run);
    assertEquals(ErrorKind.BAD_REQUEST, e.kind());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private static byte[] bytes(float[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round((values[i] + 1) * 127.5f);
    }
    return bytes;
  }

  private static java.nio.FloatBuffer floats(byte[] bytes) {
    float[] values = new float[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (bytes[i] & 0xff) / 127.5f - 1;
    }
    return java.nio.FloatBuffer.wrap(values);
  }

  private static Picture random(int height, int width, int channels) {
    return random(height, width, channels, 7);
  }

  private static Picture random(int height, int width, int channels, long seed) {
    byte[] pixels = new byte[height * width * channels];
    new Random(seed).nextBytes(pixels);
    return new Picture(new ImageGeometry(height, width, channels), pixels);
  }
}
