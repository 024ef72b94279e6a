package org.example;

import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.Variables;
import org.sparring.layers.Dropout;
import org.sparring.layers.Layer;
import org.sparring.layers.Layers;
import org.sparring.layers.Normalization;
import org.sparring.nets.Architecture;
import org.sparring.nets.Discriminator;
import org.sparring.nets.DiscriminatorForm;
import org.sparring.nets.Generator;
import org.sparring.nets.LayeredGenerator;
import org.tensorflow.ndarray.Shape;

/** A small pair for 16×16 grey images: spectral norm and dropout in the discriminator. */
public record OwnNetworks(int latent) implements Architecture {
  @Override
  public DiscriminatorForm form() {
    return new DiscriminatorForm(8, Normalization.SPECTRAL, 1);
  }

  @Override
  public Generator generator(Variables variables) {
    Layers layers = new Layers(variables, Owner.GENERATOR, Initializer.normal(0.02f));
    Layer net =
        layers
            .dense("project", latent, 8 * 8 * 8, false)
            .then(Layers.reshape(Shape.of(8, 8, 8)))
            .then(layers.batchNormalization("project", 8))
            .then(Layers.relu())
            .then(layers.transposedConvolution("up", 8, 8, 1))
            .then(Layers.tanh());
    return new LayeredGenerator(net, latent, Shape.of(16, 16, 1), layers.variables());
  }

  @Override
  public Discriminator discriminator(Variables variables) {
    Initializer initializer = Initializer.normal(0.02f);
    Layers layers = new Layers(variables, Owner.DISCRIMINATOR, initializer, form().normalization());
    Layer features =
        layers
            .convolution("down", 1, 8) // (batch, 8, 8, 8)
            .then(Layers.leakyRelu())
            .then(new Dropout(0.3f))
            .then(Layers.reshape(Shape.of(8 * 8 * 8)));
    return form().headed(layers, features, 8 * 8 * 8);
  }
}
