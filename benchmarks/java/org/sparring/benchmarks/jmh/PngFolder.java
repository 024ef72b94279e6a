package org.sparring.benchmarks.jmh;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.sparring.data.GlyphSource;

/**
 * A temporary folder of PNG files for a benchmark: coloured glyphs on a noisy background, about 7
 * KB each at 64×64, like photographs of that size.
 */
final class PngFolder implements AutoCloseable {
  private static final int ROUGHNESS = 48;

  private final Path folder;

  PngFolder(int count, int side) {
    try {
      folder = Files.createTempDirectory("sparring-bench-");
      GlyphSource glyphs = new GlyphSource(count, side, 3, 1);
      byte[] image = new byte[side * side * 3];
      for (int i = 0; i < count; i++) {
        glyphs.read(i, image, 0);
        write(image, side, i);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path() {
    return folder;
  }

  private void write(byte[] image, int side, int index) throws IOException {
    BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    int noise = index * 0x9E3779B9 + 1;
    for (int p = 0; p < side * side; p++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        noise ^= noise << 13;
        noise ^= noise >>> 17;
        noise ^= noise << 5;
        int value = (image[p * 3 + c] & 0xff) + Math.floorMod(noise, ROUGHNESS) - ROUGHNESS / 2;
        rgb = rgb << 8 | Math.max(0, Math.min(255, value));
      }
      picture.setRGB(p % side, p / side, rgb);
    }
    ImageIO.write(
        picture, "png", folder.resolve(String.format(Locale.ROOT, "%06d.png", index)).toFile());
  }

  @Override
  public void close() {
    FileUtils.deleteQuietly(folder.toFile());
  }
}
