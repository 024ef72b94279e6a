package org.sparring.inference;

import java.nio.file.Path;
import org.sparring.games.Simultaneous;
import org.sparring.layers.Normalization;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.Architecture;
import org.sparring.nets.Conditional;
import org.sparring.nets.Dcgan;
import org.sparring.nets.DiscriminatorForm;
import org.sparring.nets.Labelling;
import org.sparring.nets.Latent;
import org.sparring.training.TinyRun;

/** Exported generators of 16×16 images, after a few steps. */
public final class TinyModels {
  private static final Latent LATENT = new Latent(TinyRun.LATENT, Latent.Distribution.NORMAL);

  private TinyModels() {}

  /** One without classes, of one channel. */
  public static GeneratorModel plain(Path folder) {
    return model(TinyRun.NETS, folder);
  }

  /** One of ten classes. */
  public static GeneratorModel conditional(Path folder) {
    var labelling = new Labelling(Labelling.Kind.PROJECTION, 10, 3);
    var form = new DiscriminatorForm(3, Normalization.BATCH, 1, labelling);
    return model(new Conditional(new Dcgan(16, 1, 3, TinyRun.LATENT + 3, form)), folder);
  }

  private static GeneratorModel model(Architecture nets, Path folder) {
    Path checkpoint = folder.resolve("checkpoint");
    try (TinyRun run = new TinyRun(TinyRun.contest(nets, new Simultaneous()), 3).begin()) {
      run.train(3);
      run.session().save(checkpoint.toString());
    }
    new GeneratorExport(nets::generator, LATENT).write(checkpoint, folder.resolve("saved_model"));
    return GeneratorModel.load(folder, SessionOptions.CPU);
  }
}
