package org.sparring.assembly;

import org.sparring.errors.RecipeException;
import org.sparring.layers.Normalization;
import org.sparring.nets.Architecture;
import org.sparring.nets.Conditional;
import org.sparring.nets.Dcgan;
import org.sparring.nets.Dcgan5;
import org.sparring.nets.DiscriminatorForm;
import org.sparring.nets.Labelling;
import org.sparring.nets.MaxoutMlp;
import org.sparring.nets.Mlp;
import org.sparring.nets.R3Net;
import org.sparring.nets.SnDcgan;
import org.sparring.nets.SnResNet;
import org.sparring.recipes.LabelKeys;
import org.sparring.recipes.NetKeys;
import org.tensorflow.ndarray.Shape;

/** Builds the two networks of a recipe. */
record Architectures(NetKeys net, LabelKeys labels) {

  /**
   * The pair for samples of a shape: (height, width, channels) or (2).
   *
   * @param classes of the samples; read only where the recipe uses labels
   */
  Architecture of(Shape sample, int classes) {
    return labels.areUsed()
        ? new Conditional(pair(sample, labelling(classes)))
        : pair(sample, Labelling.NONE);
  }

  private Labelling labelling(int classes) {
    Labelling.Kind kind =
        switch (labels.kind()) {
          case NONE -> Labelling.Kind.NONE;
          case PROJECTION -> Labelling.Kind.PROJECTION;
          case AUXILIARY -> Labelling.Kind.AUXILIARY;
        };
    return new Labelling(kind, classes, labels.embedding());
  }

  private Architecture pair(Shape sample, Labelling labelling) {
    int width = net.width();
    int depth = net.depth();
    int z = net.latent() + labelling.embedding();
    DiscriminatorForm form = form(labelling);
    return switch (net.kind()) {
      case DCGAN -> square(sample, (side, c) -> new Dcgan(side, c, width, z, form));
      case DCGAN5 -> square(sample, (side, c) -> new Dcgan5(side, c, width, z, form));
      case SNDCGAN -> square(sample, (side, c) -> new SnDcgan(side, c, width, z, form));
      case RESNET -> square(sample, (side, c) -> new SnResNet(side, c, width, depth, z, form));
      case R3 -> square(sample, (side, c) -> new R3Net(side, c, width, depth, z, form));
      case MLP -> new Mlp(sample, width, depth, z, form);
      case MAXOUT_MLP -> new MaxoutMlp(dimensions(sample), width, depth, z, form);
    };
  }

  /** Builds a pair from the side and the channels of its images. */
  private interface ImagePair {
    Architecture of(int side, int channels);
  }

  private Architecture square(Shape sample, ImagePair pair) {
    requireSquare(sample);
    return pair.of((int) sample.get(0), (int) sample.get(2));
  }

  private static int dimensions(Shape sample) {
    RecipeException.require(
        sample.numDimensions() == 1,
        "net.kind maxout-mlp: expected points, found images; set net.kind to mlp");
    return (int) sample.get(0);
  }

  private void requireSquare(Shape sample) {
    RecipeException.require(
        sample.numDimensions() == 3,
        "net.kind " + net.kind().label() + ": expected images, found points; set net.kind to mlp");
    RecipeException.require(
        sample.get(0) == sample.get(1),
        "net.kind "
            + net.kind().label()
            + ": expected square images, found "
            + sample
            + "; set data.side");
  }

  private DiscriminatorForm form(Labelling labelling) {
    int width = net.discriminatorWidth() == 0 ? net.width() : net.discriminatorWidth();
    return new DiscriminatorForm(width, normalization(), net.packing(), labelling);
  }

  private Normalization normalization() {
    return switch (net.discriminatorNorm()) {
      case AUTO -> ownNormalization();
      case BATCH -> Normalization.BATCH;
      case NONE -> Normalization.NONE;
      case SPECTRAL -> Normalization.SPECTRAL;
    };
  }

  /** The normalisation of the discriminator in the paper of the architecture. */
  private Normalization ownNormalization() {
    return switch (net.kind()) {
      case DCGAN, DCGAN5 -> Normalization.BATCH;
      case SNDCGAN, RESNET -> Normalization.SPECTRAL;
      case R3, MLP, MAXOUT_MLP -> Normalization.NONE;
    };
  }
}
