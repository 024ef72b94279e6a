package org.sparring.translators;

import org.sparring.errors.NetException;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.Variables;
import org.sparring.layers.ImageLayers;
import org.sparring.layers.Layer;
import org.sparring.layers.Layers;
import org.sparring.layers.Normalization;
import org.sparring.layers.Residual;
import org.sparring.nets.Generator;
import org.sparring.nets.LayeredGenerator;
import org.sparring.nets.PictureForm;

/**
 * The generator of CycleGAN (Zhu et al. 2017, arXiv 1703.10593, section 7.2, after Johnson et al.
 * 2016): a 7×7 convolution, two halvings, residual blocks of two 3×3 convolutions, two doublings, a
 * 7×7 convolution and tanh. Instance normalisation and ReLU; images and blocks are continued by
 * reflection. Halvings and doublings have 4×4 kernels.
 *
 * @param channels of the images, 1 to 4
 * @param width channels of the largest maps, at least 1
 * @param blocks residual blocks, at least 1
 */
public record ResNetTranslator(int channels, int width, int blocks) implements Translator {
  private static final int HALVINGS = 2;
  private static final int WIDE = 7;

  public ResNetTranslator {
    NetException.require(width >= 1, "width must be at least 1, found " + width);
    NetException.require(blocks >= 1, "blocks must be at least 1, found " + blocks);
  }

  /** Instance normalisation measures the whole image. */
  @Override
  public PictureForm form() {
    return new PictureForm(1, 1 << HALVINGS, PictureForm.WHOLE);
  }

  @Override
  public Generator create(Variables variables) {
    Layers layers =
        new Layers(variables, Owner.GENERATOR, Initializer.normal(0.02f), Normalization.NONE);
    ImageLayers images = new ImageLayers(layers);
    Layer net = normalized(images.reflected("first", WIDE, channels, width), width);
    long maps = width;
    for (int level = 0; level < HALVINGS; level++) {
      net = net.then(normalized(layers.convolution("down" + level, maps, 2 * maps), 2 * maps));
      maps *= 2;
    }
    for (int block = 0; block < blocks; block++) {
      net = net.then(block(images, "block" + block, maps));
    }
    for (int level = 0; level < HALVINGS; level++) {
      net = net.then(normalized(images.doubled("up" + level, maps, maps / 2), maps / 2));
      maps /= 2;
    }
    net =
        net.then(images.reflected("image", WIDE, maps, channels))
            .then(Layers.full())
            .then(layers.bias("image", channels))
            .then(Layers.tanh());
    return new LayeredGenerator(
        net, Translator.input(channels), Translator.anySize(channels), layers.variables());
  }

  private static Layer normalized(Layer convolution, long maps) {
    return convolution.then(ImageLayers.instanceNormalization(maps)).then(Layers.relu());
  }

  private static Layer block(ImageLayers images, String name, long maps) {
    Layer branch =
        normalized(images.reflected(name + "/first", 3, maps, maps), maps)
            .then(images.reflected(name + "/second", 3, maps, maps))
            .then(ImageLayers.instanceNormalization(maps));
    return new Residual(branch, Layers.identity());
  }
}
