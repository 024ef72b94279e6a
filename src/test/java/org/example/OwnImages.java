package org.example;

import org.sparring.data.ImageSource;
import org.sparring.pictures.ImageGeometry;

/** 256 grey images of a disc, whose place and brightness depend on the index. */
public record OwnImages() implements ImageSource {
  private static final int SIDE = 16;

  @Override
  public String name() {
    return "discs";
  }

  @Override
  public int size() {
    return 256;
  }

  @Override
  public ImageGeometry geometry() {
    return new ImageGeometry(SIDE, SIDE, 1);
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    checkRead(index, into, offset);
    for (int i = 0; i < SIDE * SIDE; i++) {
      double distance = Math.hypot(i % SIDE - 4 - index % 8, i / SIDE - 4 - index / 32.0);
      into[offset + i] = (byte) (distance < 3 ? 128 + index / 2 : 0);
    }
  }

  @Override
  public int label(int index) {
    return -1; // no classes
  }

  @Override
  public String contentHash() {
    return "discs-1"; // another text for other images: a resumed run compares it
  }
}
