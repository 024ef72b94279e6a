package org.sparring.cli;

import java.nio.file.Path;
import org.sparring.console.ExitCode;
import org.sparring.data.ImageSource;
import org.sparring.data.Split;
import org.sparring.datasets.DataCheck;
import org.sparring.datasets.ImageSources;
import org.sparring.errors.ModelException;
import org.sparring.evaluation.FeatureNetwork;
import org.sparring.evaluation.FeatureNetworks;
import org.sparring.evaluation.FeatureStatistics;
import org.sparring.inference.GeneratorModel;
import org.sparring.metrics.FrechetDistance;
import org.sparring.natives.SessionOptions;
import org.sparring.pictures.ImageGeometry;
import org.sparring.recipes.RecipeReader;
import org.sparring.recipes.Recipes;

/** What reads the files of a {@link MutantKind}. */
final class MutantUses {
  private MutantUses() {}

  static void data(String spec) {
    DataCheck.of(spec, 16, 3, 0);
    read(ImageSources.open(spec, 16, 3, 0, Split.TRAIN));
  }

  static void read(ImageSource source) {
    source.pixels();
    byte[] image = new byte[source.geometry().bytes()];
    for (int i = 0; i < Math.min(3, source.size()); i++) {
      source.read(i, image, 0);
      source.label(i);
    }
  }

  static void recipe(Path folder) {
    RecipeReader reader = Recipes.load(folder.resolve("recipe.yaml").toString());
    Recipes.load(RecipeReader.yaml(reader.recipe()).isEmpty() ? "" : Recipes.DEFAULT_NAME);
  }

  static void check(Path folder) {
    command("inspect", folder.toString());
    command("check", folder.toString());
  }

  /** As from the shell; what the shell calls unexpected is an error. */
  static void command(String... arguments) {
    Console.Result result = Console.run(arguments);
    if (result.err().contains("unexpected ") || result.err().contains("the Java heap is full")) {
      throw new AssertionError(String.join(" ", arguments) + ": " + result.err());
    }
    if (result.code() != ExitCode.DONE) {
      throw new ModelException(result.err());
    }
  }

  static void model(Path folder) {
    try (GeneratorModel model = GeneratorModel.load(folder, SessionOptions.CPU)) {
      model.sample(1, 2);
      model.weightsSha256();
    }
  }

  static void frozen(Path folder) {
    ImageGeometry geometry = new ImageGeometry(8, 8, 3);
    Path file = folder.resolve("inception.pb");
    String spec = "graph:" + file + "#input=ExpandDims,output=pool_3";
    try (FeatureNetwork network = FeatureNetworks.open(spec, SessionOptions.CPU)) {
      network.see(network.input().pixels(new byte[geometry.bytes()]), 1, geometry);
    }
  }

  static void statistics(Path folder) {
    var moments = FeatureStatistics.read(folder.resolve("stats.npz"));
    FrechetDistance.between(moments, moments).value();
  }
}
