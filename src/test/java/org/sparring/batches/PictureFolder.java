package org.sparring.batches;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Image files of many sizes and types in a folder. */
record PictureFolder(Path folder) {

  /** Portrait, landscape, smaller, equal and larger than 8×8; grey, colour, palette and alpha. */
  void writeMixedPngs() throws IOException {
    int[] types = {
      BufferedImage.TYPE_INT_RGB,
      BufferedImage.TYPE_BYTE_GRAY,
      BufferedImage.TYPE_INT_ARGB,
      BufferedImage.TYPE_BYTE_INDEXED
    };
    int[][] sizes = {{8, 8}, {20, 13}, {5, 7}, {8, 31}, {17, 17}};
    for (int i = 0; i < 11; i++) {
      int[] size = sizes[i % sizes.length];
      write("image" + i + ".png", noise(size[0], size[1], types[i % types.length], i));
    }
  }

  void write(String name, BufferedImage image) throws IOException {
    String format = name.substring(name.length() - 3);
    assertTrue(ImageIO.write(image, format, folder.resolve(name).toFile()), name);
  }

  private static BufferedImage noise(int height, int width, int type, long seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, type);
    for (int p = 0; p < height * width; p++) {
      // never wholly transparent: the colour below is kept by the one and not by the other
      image.setRGB(p % width, p / width, random.nextInt() | 0x01000000);
    }
    return image;
  }

  static BufferedImage smooth(int height, int width, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int p = 0; p < height * width; p++) {
      int red = 255 * (p % width) / width;
      int green = 255 * (p / width) / height;
      image.setRGB(p % width, p / width, red << 16 | green << 8 | 128);
    }
    return image;
  }
}
