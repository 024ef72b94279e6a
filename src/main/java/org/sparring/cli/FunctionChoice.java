package org.sparring.cli;

import java.util.List;
import org.sparring.console.StandardOptions;
import org.sparring.exports.PictureFunction;
import org.sparring.inference.ImageModel;

/** Finds the function of a model that a command line means. */
final class FunctionChoice {
  private static final String UPSCALE = "upscale";
  private static final String TO = "_to_";

  private FunctionChoice() {}

  /** Returns the function {@code upscale}; refuses a model without it. */
  static PictureFunction upscale(StandardOptions standard, ImageModel model) {
    standard.require(
        names(model).contains(UPSCALE),
        "MODEL: expected a model that enlarges pictures, found one of the functions "
            + names(model));
    return model.function(UPSCALE);
  }

  /**
   * Returns the function that translates to a kind of pictures.
   *
   * @param kind such as {@code b} for {@code a_to_b}; null for the only one
   */
  static PictureFunction translate(StandardOptions standard, ImageModel model, String kind) {
    List<PictureFunction> all =
        model.functions().stream().filter(f -> f.name().contains(TO)).toList();
    List<String> kinds = all.stream().map(FunctionChoice::kind).toList();
    standard.require(
        !all.isEmpty(),
        "MODEL: expected a model that translates pictures, found one of the functions "
            + names(model));
    standard.require(
        kind != null || all.size() == 1, "--to: expected one of " + kinds + ", found none");
    standard.require(
        kind == null || kinds.contains(kind), "--to: expected one of " + kinds + ", found " + kind);
    return kind == null ? all.get(0) : all.get(kinds.indexOf(kind));
  }

  /** Returns {@code upscale} if no kind is given and the model has it, else a translation. */
  static PictureFunction of(StandardOptions standard, ImageModel model, String kind) {
    return kind == null && names(model).contains(UPSCALE)
        ? upscale(standard, model)
        : translate(standard, model, kind);
  }

  private static List<String> names(ImageModel model) {
    return model.functions().stream().map(PictureFunction::name).toList();
  }

  private static String kind(PictureFunction function) {
    String name = function.name();
    return name.substring(name.lastIndexOf(TO) + TO.length());
  }
}
