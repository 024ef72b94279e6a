package org.sparring.nets;

import org.sparring.errors.NetException;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.Variables;
import org.sparring.layers.Layer;
import org.sparring.layers.Layers;
import org.sparring.layers.Normalization;
import org.tensorflow.ndarray.Shape;

/**
 * The plain pair of Goodfellow et al. 2014 (arXiv 1406.2661, section 5): fully connected layers,
 * ReLU in the generator, LeakyReLU .2 in the discriminator where the paper has maxout.
 *
 * <p>For images the generator ends in tanh; for points it is linear.
 *
 * @param sample (height, width, channels) of an image or (dimensions) of a point
 * @param width units of a hidden layer of the generator, at least 1
 * @param depth number of hidden layers, at least 1
 * @param latent length of z, at least 1
 * @param form of the discriminator; its width is the units of a hidden layer
 */
public record Mlp(Shape sample, int width, int depth, int latent, DiscriminatorForm form)
    implements Architecture {
  public Mlp {
    NetException.require(
        sample.numDimensions() == 1 || sample.numDimensions() == 3,
        "a sample is an image (height, width, channels) or a point (dimensions), found " + sample);
    NetException.require(width >= 1, "width must be at least 1, found " + width);
    NetException.require(depth >= 1, "depth must be at least 1, found " + depth);
    NetException.require(latent >= 1, "latent must be at least 1, found " + latent);
  }

  /** A discriminator as wide as the generator, without normalisation. */
  public Mlp(Shape sample, int width, int depth, int latent) {
    this(sample, width, depth, latent, DiscriminatorForm.mirroring(width, Normalization.NONE));
  }

  /** Makes the generator and its variables. */
  @Override
  public Generator generator(Variables variables) {
    return generator(variables, Input.latent(latent));
  }

  /**
   * Makes a generator of another input than latent vectors, such as the points of another set.
   *
   * @param input of real numbers
   */
  public Generator generator(Variables variables, Input input) {
    Layers layers = new Layers(variables, Owner.GENERATOR, Initializer.heNormal());
    long values = input.shape().size();
    Layer from = input.shape().numDimensions() == 1 ? null : Layers.reshape(Shape.of(values));
    Layer first = layers.dense("hidden0", values, width, true);
    Layer net = (from == null ? first : from.then(first)).then(Layers.relu());
    for (int i = 1; i < depth; i++) {
      net = net.then(layers.dense("hidden" + i, width, width, true)).then(Layers.relu());
    }
    net = net.then(Layers.full()).then(layers.dense("out", width, sample.size(), true));
    if (isImage()) {
      net = net.then(Layers.tanh()).then(Layers.reshape(sample));
    }
    return new LayeredGenerator(net, input, sample, layers.variables());
  }

  /** Makes the discriminator and its variables. */
  @Override
  public Discriminator discriminator(Variables variables) {
    Layers layers =
        new Layers(variables, Owner.DISCRIMINATOR, Initializer.heNormal(), form.normalization());
    long values = sample.size() * form.packing();
    long units = form.width();
    Layer net =
        Layers.reshape(Shape.of(values)) // (batch, values)
            .then(layers.dense("hidden0", values, units, true))
            .then(Layers.leakyRelu());
    for (int i = 1; i < depth; i++) {
      net =
          net.then(layers.dense("hidden" + i, units, units, false))
              .then(layers.normalized("hidden" + i, units))
              .then(Layers.leakyRelu());
    }
    return form.headed(layers, net, units);
  }

  private boolean isImage() {
    return sample.numDimensions() == 3;
  }
}
