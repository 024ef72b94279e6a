package org.sparring.picturefiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparring.archives.FolderWalk;
import org.sparring.data.Skipped;
import org.sparring.errors.Advice;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.DataException;
import org.sparring.pictures.ImageDecoder;
import org.sparring.pictures.ImageFormat;

/**
 * One file to be made from another.
 *
 * @param in the picture to be read
 * @param out the file to be written
 */
public record PictureJob(Path in, Path out) {
  private static final String IN = "in";
  private static final String OUT = "out";
  private static final String PNG = ".png";

  /**
   * Returns what is to be made of a file or of all pictures below a folder, in the order of their
   * names. Files below a folder keep their folders and names, and end in {@code .png}.
   *
   * @param in a file, or a folder
   * @param out a file whose name ends in .png, .jpg or .jpeg, or a folder; for a folder a folder,
   *     which may not exist
   * @param replaces whether files that exist are replaced
   * @throws ArgumentException if the two do not belong together, or a file exists
   * @throws DataException if there is no picture
   */
  public static List<PictureJob> of(Path in, Path out, boolean replaces) {
    List<PictureJob> jobs = Files.isDirectory(in) ? below(in, out) : one(in, out);
    Map<Path, Path> sources = new HashMap<>();
    for (PictureJob job : jobs) {
      Path other = sources.put(job.out.toAbsolutePath().normalize(), job.in);
      ArgumentException.require(
          other == null,
          IN,
          "expected names that differ without their extension, found "
              + other
              + " and "
              + job.in
              + "\nRename one of them.");
      requireFree(job, replaces);
    }
    return jobs;
  }

  private static List<PictureJob> one(Path in, Path out) {
    if (!Files.exists(in)) {
      throw DataException.in(in, "a picture or a folder", "nothing there", "Check the path.");
    }
    return List.of(new PictureJob(in, Files.isDirectory(out) ? out.resolve(png(in)) : out));
  }

  private static List<PictureJob> below(Path in, Path out) {
    ArgumentException.require(
        !Files.isRegularFile(out), OUT, "expected a folder for a folder, found the file " + out);
    List<PictureJob> jobs = new ArrayList<>();
    for (FolderWalk.Found found : found(in)) {
      Path file = Path.of(found.name());
      boolean own = found.path().toAbsolutePath().normalize().startsWith(absolute(out));
      boolean made = own && !absolute(out).equals(absolute(in));
      if (ImageDecoder.isImageName(found.name()) && !made) {
        Path folder = file.getParent() == null ? out : out.resolve(file.getParent());
        jobs.add(new PictureJob(found.path(), folder.resolve(png(file))));
      }
    }
    if (jobs.isEmpty()) {
      throw DataException.in(
          in, "pictures (" + ImageFormat.ALL + ")", "none", "Choose another folder.");
    }
    return jobs;
  }

  private static List<FolderWalk.Found> found(Path folder) {
    try {
      return FolderWalk.of(folder, new Skipped());
    } catch (IOException e) {
      throw DataException.in(folder, "a readable folder", e.toString(), "Check its permissions.")
          .because(e);
    }
  }

  private static void requireFree(PictureJob job, boolean replaces) {
    Path out = job.out;
    ArgumentException.require(
        PictureWriter.writes(out),
        OUT,
        "expected a name that ends in .png, .jpg or .jpeg, found " + out.getFileName());
    ArgumentException.require(
        !absolute(out).equals(absolute(job.in)),
        OUT,
        "expected another place than that of the pictures, found " + out);
    if (!replaces && Files.exists(out)) {
      throw new ArgumentException(
          OUT,
          "expected files that do not exist, found " + out,
          Advice.to(Advice.Action.REPLACE_FILES));
    }
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static String png(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return (dot > 0 ? name.substring(0, dot) : name) + PNG;
  }
}
