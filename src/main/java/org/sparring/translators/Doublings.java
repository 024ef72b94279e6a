package org.sparring.translators;

import org.sparring.errors.NetException;
import org.sparring.layers.ImageLayers;
import org.sparring.layers.Layer;
import org.sparring.layers.Layers;

/**
 * The last part of a network that enlarges images: a pixel shuffle with ReLU for each doubling.
 *
 * @param count of doublings, 0 or more
 */
record Doublings(int count) {
  /**
   * @param scale 1, 2, 4 or 8
   */
  static Doublings of(int scale) {
    NetException.require(
        scale == 1 || scale == 2 || scale == 4 || scale == 8,
        "scale must be 1, 2, 4 or 8, found " + scale);
    return new Doublings(Integer.numberOfTrailingZeros(scale));
  }

  /** Pixels of the small image that the doublings and one more 3×3 convolution depend on. */
  int reach() {
    return count == 0 ? 1 : 2;
  }

  Layer layers(Layers layers, long width) {
    ImageLayers images = new ImageLayers(layers);
    Layer all = Layers.identity();
    for (int i = 0; i < count; i++) {
      all = all.then(images.shuffled("up" + i, 2, width, width)).then(Layers.relu());
    }
    return all;
  }
}
