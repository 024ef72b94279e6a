package org.sparring.experiment;

import java.util.Locale;
import org.sparring.nets.Architecture;
import org.sparring.nets.Dcgan;
import org.sparring.nets.Dcgan5;
import org.sparring.nets.DiscriminatorForm;
import org.sparring.nets.MaxoutMlp;
import org.sparring.nets.Mlp;
import org.sparring.nets.Normalization;
import org.sparring.nets.R3Net;
import org.sparring.nets.SnDcgan;
import org.sparring.nets.SnResNet;
import org.tensorflow.ndarray.Shape;

/** The pairs of networks by their names in recipes. */
record Architectures(Recipe.Net net) {

  /** The pair for samples of a shape: (height, width, channels) or (2). */
  Architecture of(Shape sample) {
    return switch (net.kind()) {
      case "mlp" ->
          new Mlp(sample, net.width(), net.depth(), net.latent(), form(Normalization.NONE));
      case "maxout-mlp" -> {
        RecipeException.require(
            sample.numDimensions() == 1,
            "net.kind maxout-mlp: expected points, found images; set net.kind to mlp");
        yield new MaxoutMlp(
            (int) sample.get(0), net.width(), net.depth(), net.latent(), form(Normalization.NONE));
      }
      case "dcgan5" -> {
        requireSquare(sample);
        yield new Dcgan5(
            side(sample), channels(sample), net.width(), net.latent(), form(Normalization.BATCH));
      }
      case "sndcgan" -> {
        requireSquare(sample);
        yield new SnDcgan(
            side(sample),
            channels(sample),
            net.width(),
            net.latent(),
            form(Normalization.SPECTRAL));
      }
      case "resnet", "r3" -> residual(sample);
      default -> {
        requireSquare(sample);
        yield new Dcgan(
            side(sample), channels(sample), net.width(), net.latent(), form(Normalization.BATCH));
      }
    };
  }

  private Architecture residual(Shape sample) {
    requireSquare(sample);
    boolean r3 = net.kind().equals("r3");
    DiscriminatorForm form = form(r3 ? Normalization.NONE : Normalization.SPECTRAL);
    int side = side(sample);
    int channels = channels(sample);
    return r3
        ? new R3Net(side, channels, net.width(), net.depth(), net.latent(), form)
        : new SnResNet(side, channels, net.width(), net.depth(), net.latent(), form);
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

  private DiscriminatorForm form(Normalization own) {
    int width = net.discriminatorWidth() == 0 ? net.width() : net.discriminatorWidth();
    String norm = net.discriminatorNorm();
    Normalization chosen =
        norm.equals("auto") ? own : Normalization.valueOf(norm.toUpperCase(Locale.ROOT));
    return new DiscriminatorForm(width, chosen, net.packing());
  }
}
