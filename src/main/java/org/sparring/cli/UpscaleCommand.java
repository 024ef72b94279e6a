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
import picocli.CommandLine.Parameters;

/** Enlarges pictures by a trained super-resolution model. */
@Command(
    name = "upscale",
    description = "Enlarge a picture, or all pictures of a folder, by a super-resolution model.")
public final class UpscaleCommand implements Callable<Integer> {
  @Mixin private StandardOptions standard;

  @Mixin private ModelOptions models;

  @Mixin private PictureOptions pictures;

  @Parameters(paramLabel = "MODEL", description = "a run folder or a SavedModel folder")
  private Path model;

  public static void main(String[] arguments) {
    Shell.exit(new UpscaleCommand(), arguments);
  }

  @Override
  public Integer call() {
    List<PictureJob> jobs = pictures.jobs(standard);
    try (ImageModel loaded = models.loadPictures(model)) {
      return pictures.run(standard, jobs, loaded, FunctionChoice.upscale(standard, loaded));
    }
  }
}
