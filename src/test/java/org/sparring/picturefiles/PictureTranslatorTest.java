package org.sparring.picturefiles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.Messages.assertRefused;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.inference.ImageModel;
import org.sparring.inference.PictureModels;
import org.sparring.pictures.Bicubic;
import org.sparring.pictures.Fit;
import org.sparring.pictures.ImageBytes;
import org.sparring.pictures.ImageDecoder;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Picture;

class PictureTranslatorTest {
  @TempDir private static Path shared;
  private static ImageModel model;

  @TempDir private Path folder;

  @BeforeAll
  static void load() {
    model = ImageModel.load(PictureModels.export(shared.resolve("run")));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void aPngHoldsThePixelsOfTheModelByAnyTile() throws IOException {
    Path in = random("in.png", 37, 50, BufferedImage.TYPE_3BYTE_BGR);
    Picture expected = model.apply(model.function("upscale"), decoded(in));
    for (int tile : new int[] {16, 32, 256}) {
      List<Integer> rows = new ArrayList<>();
      Path out = folder.resolve("by" + tile + ".png");
      var geometry =
          new PictureTranslator(model, model.function("upscale"), tile)
              .translate(new PictureJob(in, out), rows::add);
      assertEquals(new ImageGeometry(74, 100, 3), geometry);
      assertArrayEquals(expected.pixels(), decoded(out).pixels());
      assertEquals(74, rows.get(rows.size() - 1));
    }
  }

  @Test
  void aJpegHoldsThePixelsOfTheModelInQuality95() throws IOException {
    Path in = smooth("in.png", BufferedImage.TYPE_3BYTE_BGR, 255);
    Picture expected = model.apply(model.function("upscale"), decoded(in));
    Path out = translated("upscale", in, "out.jpg");
    assertEquals(0xff, Files.readAllBytes(out)[0] & 0xff);
    assertTrue(distance(jpeg(expected), decoded(out).pixels()) < 0.5);
  }

  @Test
  void alphaIsResizedAndOverWhiteThePictureIsTheModels() throws IOException {
    Path in = smooth("in.png", BufferedImage.TYPE_4BYTE_ABGR, 128);
    Picture source = decoded(in);
    Picture made = decoded(translated("upscale", in, "out.png"));
    assertEquals(new ImageGeometry(64, 64, 4), made.geometry());
    Picture shown = model.apply(model.function("upscale"), new Fit(0, 3).apply(source));
    Picture overWhite = new Fit(0, 3).apply(made);
    int wrong = 0;
    Picture alpha = Bicubic.resize(plane(source), 64, 64);
    for (int i = 0; i < 64 * 64; i++) {
      assertEquals(alpha.pixels()[i], made.pixels()[i * 4 + 3]);
      int opacity = alpha.pixels()[i] & 0xff;
      for (int c = 0; c < 3; c++) {
        int expected = Math.max(shown.pixels()[i * 3 + c] & 0xff, 255 - opacity);
        wrong += Math.abs(expected - (overWhite.pixels()[i * 3 + c] & 0xff)) > 1 ? 1 : 0;
      }
    }
    assertEquals(0, wrong, "over white the picture looks as computed, where alpha allows");
  }

  @Test
  void aJpegShowsATransparentPictureOverWhite() throws IOException {
    Path in = smooth("in.png", BufferedImage.TYPE_4BYTE_ABGR, 128);
    Picture shown = model.apply(model.function("upscale"), new Fit(0, 3).apply(decoded(in)));
    Picture made = decoded(translated("upscale", in, "out.jpeg"));
    assertTrue(distance(jpeg(shown), made.pixels()) < 0.5);
  }

  @Test
  void theOrientationOfACameraIsApplied() throws IOException {
    Path plain = random("plain.png", 20, 30, BufferedImage.TYPE_3BYTE_BGR);
    BufferedImage image = ImageIO.read(plain.toFile());
    Path jpeg = folder.resolve("camera.jpg");
    ImageIO.write(image, "jpg", jpeg.toFile());
    Files.write(jpeg, turned(Files.readAllBytes(jpeg)));
    Picture made = decoded(translated("upscale", jpeg, "out.png"));
    assertEquals(new ImageGeometry(60, 40, 3), made.geometry());
  }

  @Test
  void greyBecomesColourAndColoursAreNoGrey() throws IOException {
    Path grey = random("grey.png", 20, 30, BufferedImage.TYPE_BYTE_GRAY);
    assertEquals(3, decoded(translated("upscale", grey, "up.png")).geometry().channels());
    assertEquals(1, decoded(translated("b_to_a", grey, "a.png")).geometry().channels());
    Path colour = random("colour.png", 20, 30, BufferedImage.TYPE_3BYTE_BGR);
    assertRefused(
        () -> translated("b_to_a", colour, "b.png"),
        "colour.png",
        "a grey picture",
        "a picture of 3 channels");
  }

  @Test
  void aDamagedFileLeavesNoFile() throws IOException {
    Path in = folder.resolve("broken.png");
    Files.writeString(in, "not a picture");
    assertRefused(() -> translated("upscale", in, "out.png"), "broken.png", "decodable image");
    assertRefused(
        () -> translated("upscale", folder.resolve("absent.png"), "out.png"), "absent.png");
    assertFalse(Files.exists(folder.resolve("out.png")));
  }

  private Path translated(String function, Path in, String name) {
    Path out = folder.resolve(name);
    new PictureTranslator(model, model.function(function), 16)
        .translate(new PictureJob(in, out), rows -> {});
    return out;
  }

  private static double distance(byte[] a, byte[] b) {
    assertEquals(a.length, b.length);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
    }
    return sum / a.length;
  }

  /** What a JPEG of a picture shows; ImageIO mixes colours of neighbours. */
  private static byte[] jpeg(Picture picture) throws IOException {
    ImageGeometry g = picture.geometry();
    BufferedImage image = new BufferedImage(g.width(), g.height(), BufferedImage.TYPE_3BYTE_BGR);
    int[] values = new int[picture.pixels().length];
    Arrays.setAll(values, i -> picture.pixels()[i] & 0xff);
    image.getRaster().setPixels(0, 0, g.width(), g.height(), values);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(0.95f);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    }
    writer.dispose();
    return ImageDecoder.decode("jpeg", bytes.toByteArray()).pixels();
  }

  private static Picture plane(Picture source) {
    byte[] plane = new byte[source.geometry().height() * source.geometry().width()];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = source.pixels()[i * 4 + 3];
    }
    return new Picture(source.geometry().withChannels(1), plane);
  }

  private static Picture decoded(Path file) throws IOException {
    return ImageDecoder.decode(file.toString(), ImageBytes.read(file));
  }

  private Path random(String name, int height, int width, int type) throws IOException {
    BufferedImage image = new BufferedImage(width, height, type);
    Random random = new Random(3);
    int[] row = new int[width * image.getRaster().getNumBands()];
    for (int y = 0; y < height; y++) {
      image.getRaster().setPixels(0, y, width, 1, random.ints(row.length, 0, 256).toArray());
    }
    ImageIO.write(image, "png", folder.resolve(name).toFile());
    return folder.resolve(name);
  }

  /** 32×32 with soft changes; the left half has the given alpha. */
  private Path smooth(String name, int type, int alpha) throws IOException {
    BufferedImage image = new BufferedImage(32, 32, type);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        int opacity = x < 16 ? alpha : 255;
        image.setRGB(x, y, opacity << 24 | y * 7 << 16 | x * 7 << 8 | 90);
      }
    }
    ImageIO.write(image, "png", folder.resolve(name).toFile());
    return folder.resolve(name);
  }

  /** A JPEG with an EXIF segment of orientation 6: turned a quarter clockwise to be shown. */
  private static byte[] turned(byte[] jpeg) {
    byte[] segment = {
      (byte) 0xff,
      (byte) 0xe1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      6,
      0,
      0,
      0,
      0,
      0,
      0
    };
    byte[] all = new byte[jpeg.length + segment.length];
    System.arraycopy(jpeg, 0, all, 0, 2);
    System.arraycopy(segment, 0, all, 2, segment.length);
    System.arraycopy(jpeg, 2, all, 2 + segment.length, jpeg.length - 2);
    return all;
  }
}
