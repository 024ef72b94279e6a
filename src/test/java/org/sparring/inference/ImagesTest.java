package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import org.junit.jupiter.api.Test;
import org.sparring.errors.ModelException;

class ImagesTest {
  private final Images two = new Images(new float[] {-1, 1, 1, -1}, 2, 1, 2, 1);

  @Test
  void valuesThatAreNotWholeImagesAreRefused() {
    var e = assertThrows(ModelException.class, () -> new Images(new float[3], 2, 1, 2, 1));
    assertEquals("2 images of 1x2x1: expected 4 values, found 3", e.getMessage());
  }

  @Test
  void anImageThatIsNotThereIsRefusedByItsIndex() {
    assertThrows(IndexOutOfBoundsException.class, () -> two.image(2));
    assertThrows(IndexOutOfBoundsException.class, () -> two.image(-1));
  }

  @Test
  void anImageOfItsOwnHasNothingButItsPixelsInItsBuffer() {
    BufferedImage second = two.image(1);
    byte[] pixels = ((DataBufferByte) second.getRaster().getDataBuffer()).getData();
    assertArrayEquals(new byte[] {(byte) 255, 0}, pixels);
  }
}
