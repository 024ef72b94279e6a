package org.sparring.assembly;

import java.util.Locale;
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
import org.sparring.recipes.Recipe;
import org.tensorflow.ndarray.Shape;

/**
 * The pairs of networks by their names in recipes.
 *
 * @param labels what they do with classes
 */
record Architectures(Recipe.Net net, Recipe.Labels labels) {

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
    Labelling.Kind kind = Labelling.Kind.valueOf(labels.kind().toUpperCase(Locale.ROOT));
    return new Labelling(kind, classes, labels.embedding());
  }

  private Architecture pair(Shape sample, Labelling labelling) {
    int latent = net.latent() + labelling.embedding();
    return switch (net.kind()) {
      case "mlp" ->
          new Mlp(sample, net.width(), net.depth(), latent, form(Normalization.NONE, labelling));
      case "maxout-mlp" -> {
        RecipeException.require(
            sample.numDimensions() == 1,
            "net.kind maxout-mlp: expected points, found images; set net.kind to mlp");
        yield new MaxoutMlp(
            (int) sample.get(0),
            net.width(),
            net.depth(),
            latent,
            form(Normalization.NONE, labelling));
      }
      case "dcgan5" -> {
        requireSquare(sample);
        yield new Dcgan5(
            side(sample),
            channels(sample),
            net.width(),
            latent,
            form(Normalization.BATCH, labelling));
      }
      case "sndcgan" -> {
        requireSquare(sample);
        yield new SnDcgan(
            side(sample),
            channels(sample),
            net.width(),
            latent,
            form(Normalization.SPECTRAL, labelling));
      }
      case "resnet", "r3" -> residual(sample, latent, labelling);
      default -> {
        requireSquare(sample);
        yield new Dcgan(
            side(sample),
            channels(sample),
            net.width(),
            latent,
            form(Normalization.BATCH, labelling));
      }
    };
  }

  private Architecture residual(Shape sample, int latent, Labelling labelling) {
    requireSquare(sample);
    boolean r3 = net.kind().equals("r3");
    DiscriminatorForm form = form(r3 ? Normalization.NONE : Normalization.SPECTRAL, labelling);
    int side = side(sample);
    int channels = channels(sample);
    return r3
        ? new R3Net(side, channels, net.width(), net.depth(), latent, form)
        : new SnResNet(side, channels, net.width(), net.depth(), latent, form);
  }

  private static int side(Shape image) {
    return (int) image.get(0);
  }

  private static int channels(Shape image) {
    return (int) image.get(2);
  }

  private void requireSquare(Shape sample) {
    RecipeException.require(
        sample.numDimensions() == 3,
        "net.kind " + net.kind() + ": expected images, found points; set net.kind to mlp");
    RecipeException.require(
        sample.get(0) == sample.get(1),
        "net.kind " + net.kind() + ": expected square images, found " + sample + "; set data.side");
  }

  private DiscriminatorForm form(Normalization own, Labelling labelling) {
    int width = net.discriminatorWidth() == 0 ? net.width() : net.discriminatorWidth();
    String norm = net.discriminatorNorm();
    Normalization chosen =
        norm.equals("auto") ? own : Normalization.valueOf(norm.toUpperCase(Locale.ROOT));
    return new DiscriminatorForm(width, chosen, net.packing(), labelling);
  }
}
