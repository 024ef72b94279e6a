package org.sparring.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.sparring.console.ModelOptions;
import org.sparring.console.Shell;
import org.sparring.console.StandardOptions;
import org.sparring.inference.ImageModel;
import org.sparring.picturefiles.PictureJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Translates pictures of one kind into pictures of another by a trained model. */
@Command(
    name = "translate",
    description =
        "Translate a picture, or all pictures of a folder, by a model of two kinds of pictures.")
public final class TranslateCommand implements Callable<Integer> {
  @Mixin private StandardOptions standard;

  @Mixin private ModelOptions models;

  @Mixin private PictureOptions pictures;

  @Parameters(paramLabel = "MODEL", description = "a run folder or a SavedModel folder")
  private Path model;

  @Option(
      names = "--to",
      paramLabel = "a|b",
      description = "the kind to be made (default: the only one that the model makes)")
  private String to;

  public static void main(String[] arguments) {
    Shell.exit(new TranslateCommand(), arguments);
  }

  @Override
  public Integer call() {
    List<PictureJob> jobs = pictures.jobs(standard);
    try (ImageModel loaded = models.loadPictures(model)) {
      return pictures.run(standard, jobs, loaded, FunctionChoice.translate(standard, loaded, to));
    }
  }
}
