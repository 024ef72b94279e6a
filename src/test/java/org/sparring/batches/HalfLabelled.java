package org.sparring.batches;

import org.sparring.data.ImageSource;
import org.sparring.pictures.ImageGeometry;

/** Two black images, of which one has a class. */
record HalfLabelled() implements ImageSource {
  @Override
  public String name() {
    return "half";
  }

  @Override
  public int size() {
    return 2;
  }

  @Override
  public ImageGeometry geometry() {
    return new ImageGeometry(1, 1, 1);
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    checkRead(index, into, offset);
  }

  @Override
  public int label(int index) {
    return index - 1;
  }
}
