package org.sparring.translators;

import org.sparring.errors.NetException;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.Variables;
import org.sparring.layers.Layer;
import org.sparring.layers.Layers;
import org.sparring.layers.Normalization;
import org.sparring.layers.Residual;
import org.sparring.nets.Generator;
import org.sparring.nets.PictureForm;

/**
 * SRResNet (Ledig et al. 2017, arXiv 1609.04802, figure 4) without batch normalisation, as in EDSR
 * (Lim et al. 2017, arXiv 1707.02921): a 3×3 convolution, residual blocks of two convolutions with
 * ReLU in between, a skip over all blocks, a pixel shuffle for each doubling, and a last
 * convolution. Its result is added to the bicubic enlargement of the image; with scale 1, to the
 * image.
 *
 * @param channels of the images, 1 to 4
 * @param width channels of the maps, at least 1
 * @param blocks residual blocks, at least 1
 * @param scale 1, 2, 4 or 8
 */
public record SrResNet(int channels, int width, int blocks, int scale) implements Translator {
  private static final int FIELD = 3;
  private static final float BRANCH = 0.1f;

  public SrResNet {
    NetException.require(width >= 1, "width must be at least 1, found " + width);
    NetException.require(blocks >= 1, "blocks must be at least 1, found " + blocks);
    Doublings.of(scale);
  }

  /** A pixel for each 3×3 convolution on small maps, and less than two for those on larger ones. */
  @Override
  public PictureForm form() {
    return new PictureForm(scale, 1, 2 + 2 * blocks + Doublings.of(scale).reach());
  }

  @Override
  public Generator create(Variables variables) {
    Layers layers =
        new Layers(variables, Owner.GENERATOR, Initializer.heNormal(), Normalization.NONE);
    Layer body = block(layers, "block0");
    for (int block = 1; block < blocks; block++) {
      body = body.then(block(layers, "block" + block));
    }
    body = body.then(filter(layers, "body", width, width));
    Layer net =
        filter(layers, "first", channels, width)
            .then(new Residual(body, Layers.identity()))
            .then(Doublings.of(scale).layers(layers, width))
            .then(Layers.full())
            .then(image(layers, width, channels));
    return new Enlargement(net, channels, scale, layers.variables());
  }

  private Layer block(Layers layers, String name) {
    Layers small = layers.starting(Initializer.heNormal().times(BRANCH));
    Layer branch =
        filter(layers, name + "/first", width, width)
            .then(Layers.relu())
            .then(filter(small, name + "/second", width, width));
    return new Residual(branch, Layers.identity());
  }

  private static Layer filter(Layers layers, String name, long in, long out) {
    return layers.filter(name, FIELD, in, out).then(layers.bias(name, out));
  }

  /**
   * The last convolution starts near 0, so that training starts from the image or its enlargement.
   */
  static Layer image(Layers layers, long width, long channels) {
    return filter(layers.starting(Initializer.heNormal().times(BRANCH)), "image", width, channels);
  }
}
