package org.sparring.picturefiles;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.sparring.errors.ArgumentException;
import org.sparring.exports.PictureFunction;
import org.sparring.inference.ImageModel;
import org.sparring.metrics.SlicedWasserstein;
import org.sparring.pictures.Bicubic;
import org.sparring.pictures.Fit;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Picture;

/**
 * Measures what a function of a model makes against true pictures, and a baseline beside it: the
 * bicubic enlargement of the same input, or the input itself if the function keeps the size.
 *
 * @param model is not closed here
 * @param function of the model
 * @param tile side in input pixels of the parts in which a picture is computed
 * @param brightness whether Y of YCbCr is compared, not all channels
 * @param border pixels of the truth that are left out at each side
 */
public record PictureComparison(
    ImageModel model, PictureFunction function, int tile, boolean brightness, int border) {

  /** The scores of the model and of the baseline. */
  public record Result(PictureScores made, PictureScores baseline) {}

  /** Returns the name of the baseline. */
  public String baseline() {
    return function.scale() > 1 ? "bicubic" : "input";
  }

  /**
   * Compares all truths. A truth is first cropped to a multiple of the function's scale.
   *
   * @param inputs by the names of the truths; without them, the truths made smaller by the bicubic
   *     method, for a function that enlarges
   * @param listener receives the name and the score of each picture
   */
  public Result of(
      NamedPictures truths,
      Optional<NamedPictures> inputs,
      BiConsumer<String, PictureScores.Score> listener) {
    ArgumentException.require(
        inputs.isPresent() || function.scale() > 1,
        "inputs",
        "expected the pictures to translate, found none");
    int levels = levels(truths);
    PictureScores made = new PictureScores(brightness, border, levels);
    PictureScores baseline = new PictureScores(brightness, border, levels);
    for (String name : truths.names()) {
      Picture whole = truths.get(name);
      Picture truth = cropped(new Fit(0, function.outputChannels()).apply(whole));
      Picture input =
          new Fit(0, function.inputChannels())
              .apply(inputs.isPresent() ? inputs.get().get(name) : smaller(cropped(whole)));
      listener.accept(name, made.add(name, model.apply(function, input, tile), truth));
      baseline.add(name, simple(input, truth), truth);
    }
    return new Result(made, baseline);
  }

  private int levels(NamedPictures truths) {
    int least = Integer.MAX_VALUE;
    for (String name : truths.names()) {
      ImageGeometry shape = cropped(truths.get(name)).geometry();
      least = Math.min(least, SlicedWasserstein.levels(shape.height(), shape.width()));
    }
    return Math.max(1, least);
  }

  private Picture smaller(Picture truth) {
    Picture input = new Fit(0, function.inputChannels()).apply(truth);
    ImageGeometry from = input.geometry();
    return Bicubic.resize(input, from.height() / function.scale(), from.width() / function.scale());
  }

  private Picture simple(Picture input, Picture truth) {
    Picture channels = new Fit(0, function.outputChannels()).apply(input);
    return Bicubic.resize(channels, truth.geometry().height(), truth.geometry().width());
  }

  private Picture cropped(Picture picture) {
    ImageGeometry from = picture.geometry();
    int scale = function.scale();
    int height = Math.max(1, from.height() / scale) * scale;
    int width = Math.max(1, from.width() / scale) * scale;
    ArgumentException.require(
        height <= from.height() && width <= from.width(),
        "truth",
        "expected pictures of at least " + scale + " pixels a side, found " + from);
    ImageGeometry to = new ImageGeometry(height, width, from.channels());
    byte[] pixels = new byte[to.bytes()];
    int row = width * from.channels();
    for (int y = 0; y < height; y++) {
      int at = y * from.width() * from.channels();
      System.arraycopy(picture.pixels(), at, pixels, y * row, row);
    }
    return new Picture(to, pixels);
  }
}
