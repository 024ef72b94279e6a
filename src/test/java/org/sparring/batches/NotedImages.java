package org.sparring.batches;

import java.util.function.IntConsumer;
import org.sparring.data.ForwardingImages;
import org.sparring.data.ImageSource;

/** A source that says which image it is asked for. */
class NotedImages extends ForwardingImages {
  private final IntConsumer noted;

  NotedImages(ImageSource source, IntConsumer noted) {
    super(source);
    this.noted = noted;
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    noted.accept(index);
    super.read(index, into, offset);
  }
}
