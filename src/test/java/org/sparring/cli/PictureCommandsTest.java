package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.cli.Console.Result;
import org.sparring.inference.PictureModels;
import org.sparring.inference.TinyModels;

/** The commands {@code translate} and {@code upscale}. */
class PictureCommandsTest {
  @TempDir private static Path shared;
  private static String model;

  @TempDir private Path folder;

  @BeforeAll
  static void export() {
    model = PictureModels.export(shared.resolve("run")).toString();
  }

  @Test
  void upscaleWritesAPictureTwiceAsLargeByAnyTile() throws IOException {
    Path in = picture("in/a.png", 40, 60, BufferedImage.TYPE_3BYTE_BGR);
    Result result = upscale(in, folder.resolve("a.png"));
    assertEquals(0, result.code(), result.err());
    assertTrue(result.lastLine().endsWith("a.png: 120×80"), result.out());
    Result tiled = upscale(in, folder.resolve("b.png"), "--tile", "16");
    assertEquals(0, tiled.code(), tiled.err());
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a.png")), Files.readAllBytes(folder.resolve("b.png")));
  }

  @Test
  void aFileThatCannotBeReadDoesNotStopTheRest() throws IOException {
    Path in = folder.resolve("in");
    picture("in/a.png", 20, 20, BufferedImage.TYPE_3BYTE_BGR);
    Files.writeString(in.resolve("b.png"), "no picture");
    picture("in/deep/c.jpg", 20, 20, BufferedImage.TYPE_3BYTE_BGR);
    Path out = folder.resolve("out");
    Result result = upscale(in, out);
    assertEquals(3, result.code(), result.err());
    assertEquals("wrote " + out + ": 2 of 3 pictures", result.lastLine());
    assertTrue(result.err().contains("not made: " + in.resolve("b.png")), result.err());
    assertTrue(Files.exists(out.resolve("a.png")) && Files.exists(out.resolve("deep/c.png")));
    assertFalse(Files.exists(out.resolve("b.png")));
  }

  @Test
  void translateTakesTheKindToBeMade() throws IOException {
    Path in = picture("a.png", 21, 30, BufferedImage.TYPE_BYTE_GRAY);
    for (String kind : new String[] {"a", "b"}) {
      Path out = folder.resolve(kind + "-made.png");
      Result result =
          Console.run(
              "translate", model, "--in", in.toString(), "--out", out.toString(), "--to", kind);
      assertEquals(0, result.code(), result.err());
      BufferedImage made = ImageIO.read(out.toFile());
      assertEquals(21, made.getHeight());
      assertEquals(kind.equals("a") ? 1 : 3, made.getRaster().getNumBands());
    }
  }

  @Test
  void mistakesAreExplainedInThreeLines() throws IOException {
    Path in = picture("a.png", 20, 20, BufferedImage.TYPE_3BYTE_BGR);
    Path out = folder.resolve("new.png");
    String[] to = {"translate", model, "--in", in.toString(), "--out", out.toString()};
    assertTrue(Console.run(to).refusal(2).contains("--to: expected one of [b, a], found none"));
    Result other = Console.run(java.util.List.of("--to", "c"), to);
    assertTrue(other.refusal(2).contains("found c"));
    assertTrue(upscale(in, in).refusal(2).contains("--out: expected another place"));
    assertTrue(upscale(in, folder.resolve("b.gif")).refusal(2).contains("--out"));
    assertTrue(upscale(in, out, "--tile", "8").refusal(2).contains("--tile"));
    assertTrue(upscale(folder.resolve("absent"), out).refusal(3).contains("nothing there"));
    Path kept = picture("kept.png", 3, 3, BufferedImage.TYPE_3BYTE_BGR);
    byte[] before = Files.readAllBytes(kept);
    assertTrue(upscale(in, kept).refusal(2).contains("--overwrite"));
    assertArrayEquals(before, Files.readAllBytes(kept));
    assertEquals(0, upscale(in, kept, "--overwrite").code());
  }

  @Test
  void aGeneratorCannotUpscale(@TempDir Path generator) throws IOException {
    TinyModels.plain(generator).close();
    Path in = picture("a.png", 20, 20, BufferedImage.TYPE_3BYTE_BGR);
    String out = folder.resolve("b.png").toString();
    Result result =
        Console.run("upscale", generator.toString(), "--in", in.toString(), "--out", out);
    assertTrue(result.refusal(5).contains("maps pictures to pictures"));
  }

  private static Result upscale(Path in, Path out, String... options) {
    return Console.run(
        java.util.List.of(options),
        "upscale",
        model,
        "--in",
        in.toString(),
        "--out",
        out.toString());
  }

  private Path picture(String name, int height, int width, int type) throws IOException {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int i = 0; i < height * width; i++) {
      image.setRGB(i % width, i / width, i * 7919);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    assertTrue(
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile()), name);
    return file;
  }
}
