package org.sparring.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sparring.console.ExitCode;
import org.sparring.console.Failures;
import org.sparring.console.StandardOptions;
import org.sparring.errors.DataException;
import org.sparring.exports.PictureFunction;
import org.sparring.inference.ImageModel;
import org.sparring.picturefiles.PictureJob;
import org.sparring.picturefiles.PictureTranslator;
import org.sparring.pictures.ImageGeometry;
import picocli.CommandLine.Option;

/** The options of commands that make pictures of pictures, and the loop over files. */
final class PictureOptions {
  /** Least time between two lines of progress. */
  private static final long PAUSE_NANOS = 2_000_000_000L;

  @Option(
      names = "--in",
      paramLabel = "FILE|DIR",
      required = true,
      description = "a picture, or a folder: all pictures below it")
  private Path in;

  @Option(
      names = "--out",
      paramLabel = "FILE|DIR",
      required = true,
      description =
          "a file .png, .jpg or .jpeg, or a folder; files of a folder keep their names and end in"
              + " .png")
  private Path out;

  @Option(
      names = "--tile",
      paramLabel = "N",
      description =
          "side in pixels of the parts in which a picture is computed; more takes more memory"
              + " (default: ${DEFAULT-VALUE})")
  private int tile = ImageModel.TILE;

  @Option(names = "--overwrite", description = "replace files that exist")
  private boolean overwrite;

  private long printed;

  /** Returns the files to be made; refuses wrong ones before a model is loaded. */
  List<PictureJob> jobs(StandardOptions standard) {
    standard.requireAtLeast("--tile", tile, ImageModel.LEAST_TILE);
    return PictureJob.of(in, out, overwrite);
  }

  /**
   * Makes the files one after the other. A picture that cannot be read does not stop the others.
   *
   * @return the exit code
   */
  int run(
      StandardOptions standard, List<PictureJob> jobs, ImageModel model, PictureFunction function) {
    PictureTranslator translator = new PictureTranslator(model, function, tile);
    List<Path> failed = new ArrayList<>();
    printed = System.nanoTime();
    for (int i = 0; i < jobs.size(); i++) {
      PictureJob job = jobs.get(i);
      String place = i + 1 + " of " + jobs.size() + ": " + job.in();
      try {
        ImageGeometry made = translator.translate(job, rows -> progress(standard, place, rows));
        if (jobs.size() == 1) {
          standard.out().println("wrote " + job.out() + ": " + made.width() + "×" + made.height());
        }
      } catch (DataException e) {
        failed.add(job.in());
        new Failures(standard.err(), standard.verbose()).report(e);
      }
    }
    return summary(standard, jobs, failed);
  }

  private void progress(StandardOptions standard, String place, int rows) {
    long now = System.nanoTime();
    if (now - printed > PAUSE_NANOS) {
      printed = now;
      standard.err().printf(Locale.ROOT, "%s, %d rows%n", place, rows);
      standard.err().flush();
    }
  }

  private int summary(StandardOptions standard, List<PictureJob> jobs, List<Path> failed) {
    int made = jobs.size() - failed.size();
    if (jobs.size() > 1) {
      standard.out().println("wrote " + out + ": " + made + " of " + jobs.size() + " pictures");
    }
    if (failed.isEmpty()) {
      return ExitCode.DONE;
    }
    if (jobs.size() > 1) {
      failed.forEach(file -> standard.err().println("not made: " + file));
    }
    return ExitCode.DATA;
  }
}
