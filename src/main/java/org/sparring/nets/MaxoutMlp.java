package org.sparring.nets;

import org.sparring.errors.NetException;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.Variables;
import org.sparring.layers.Layer;
import org.sparring.layers.Layers;
import org.tensorflow.ndarray.Shape;

/**
 * The pair of the two-dimensional mode-collapse experiments (VEEGAN, Srivastava et al. 2017, arXiv
 * 1705.07761; PacGAN, Lin et al. 2018, arXiv 1712.04086, section 4.1), for points.
 *
 * <p>Generator: {@code depth} hidden layers with batch normalisation and ReLU, then a linear one.
 * Discriminator: one hidden layer less, of maxout units with five pieces, then a linear one.
 * Kernels start from N(0, .02²). The protocol has width 400 and depth 4, and a discriminator of
 * width 200.
 *
 * @param dimensions of a point, at least 1
 * @param width units of a hidden layer of the generator, at least 1
 * @param depth hidden layers of the generator, at least 2; the discriminator has one less
 * @param latent length of z, at least 1
 * @param form of the discriminator; its width is the maxout units of a hidden layer
 */
public record MaxoutMlp(int dimensions, int width, int depth, int latent, DiscriminatorForm form)
    implements Architecture {
  private static final int PIECES = 5;

  public MaxoutMlp {
    NetException.require(dimensions >= 1, "dimensions must be at least 1, found " + dimensions);
    NetException.require(width >= 1, "width must be at least 1, found " + width);
    NetException.require(
        depth >= 2, "depth must be at least 2 with a maxout discriminator, found " + depth);
    NetException.require(latent >= 1, "latent must be at least 1, found " + latent);
  }

  /** Makes the generator and its variables. */
  @Override
  public Generator generator(Variables variables) {
    Layers layers = new Layers(variables, Owner.GENERATOR, kernels());
    Layer net = Layers.identity();
    long in = latent;
    for (int i = 0; i < depth; i++) {
      String name = "hidden" + i;
      net =
          net.then(layers.dense(name, in, width, false))
              .then(layers.normalized(name, width))
              .then(Layers.relu());
      in = width;
    }
    net = net.then(Layers.full()).then(layers.dense("out", width, dimensions, true));
    return new LayeredGenerator(net, latent, Shape.of(dimensions), layers.variables());
  }

  /** Makes the discriminator and its variables. */
  @Override
  public Discriminator discriminator(Variables variables) {
    Layers layers = new Layers(variables, Owner.DISCRIMINATOR, kernels(), form.normalization());
    long values = (long) dimensions * form.packing();
    Layer net = layers.maxout("hidden0", values, form.width(), PIECES, false);
    for (int i = 1; i < depth - 1; i++) {
      net = net.then(layers.maxout("hidden" + i, form.width(), form.width(), PIECES, true));
    }
    return form.headed(layers, net, form.width());
  }

  private static Initializer kernels() {
    return Initializer.normal(Dcgan.KERNEL_DEVIATION);
  }
}
