package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.inference.GeneratorExport;
import org.sparring.inference.GeneratorModel;
import org.sparring.inference.Precision;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunFolder;

/** Every generator that this engine exports consists of the ops that it loads without --trust. */
class ExportedModelsTest {
  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource({
    "dcgan, none, float32",
    "dcgan, projection, mixed_bfloat16",
    "dcgan5, none, float32",
    "sndcgan, auxiliary, float32",
    "resnet, projection, mixed_bfloat16",
    "resnet, none, float32",
    "r3, none, float32",
    "r3, projection, mixed_bfloat16",
    "mlp, none, float32",
    "maxout-mlp, none, float32"
  })
  void everyNetIsLoadedAgain(String net, String labels, String precision) {
    boolean points = net.equals("maxout-mlp");
    String[] settings = {
      "net.kind=" + net,
      "labels.kind=" + labels,
      "device.precision=" + precision,
      "net.discriminator_norm="
          + (net.contains("dcgan") && !labels.equals("none") ? "spectral" : "auto"),
      "net.distribution=uniform",
      "steps=1",
      "meters.steps=0",
      points ? "data.source=ring" : "data.side=16"
    };
    RunFolder folder = new RunFolder(root.resolve("run"));
    Experiment experiment = new Experiment(TinyRecipe.with(settings), folder);
    experiment.train();
    experiment.export(root.resolve("half"), new GeneratorExport.Form(false, Precision.FLOAT16));
    for (Path model : new Path[] {folder.root(), root.resolve("half")}) {
      try (GeneratorModel loaded = GeneratorModel.load(model)) {
        assertEquals(labels.equals("none") ? 0 : 10, loaded.classes());
      }
    }
  }
}
