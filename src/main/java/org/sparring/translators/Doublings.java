package org.sparring.translators;

import org.sparring.errors.NetException;
import org.sparring.layers.ImageLayers;
import org.sparring.layers.Layer;
import org.sparring.layers.Layers;

/**
 * The last part of a network that enlarges images: a pixel shuffle with ReLU for each doubling.
 *
 * @param count of doublings, at least 1
 */
record Doublings(int count) {
  /** Pixels of the small image that the doublings and one more convolution depend on. */
  static final int REACH = 2;

  /**
   * @param scale 2, 4 or 8
   */
  static Doublings of(int scale) {
    NetException.require(
        scale == 2 || scale == 4 || scale == 8, "scale must be 2, 4 or 8, found " + scale);
    return new Doublings(Integer.numberOfTrailingZeros(scale));
  }

  Layer layers(Layers layers, long width) {
    ImageLayers images = new ImageLayers(layers);
    Layer all = images.shuffled("up0", 2, width, width).then(Layers.relu());
    for (int i = 1; i < count; i++) {
      all = all.then(images.shuffled("up" + i, 2, width, width)).then(Layers.relu());
    }
    return all;
  }
}
