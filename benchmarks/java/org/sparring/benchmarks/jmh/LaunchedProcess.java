package org.sparring.benchmarks.jmh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;

/** Starts the launcher of this checkout in a new process, and checks what the process did. */
final class LaunchedProcess implements AutoCloseable {
  private static final Path HOME = Path.of(System.getProperty("sparring.home", ""));
  private static final String WITHOUT_FILES =
      "-Dsparring.natives= -Dorg.bytedeco.javacpp.cachedir=";

  private final boolean trains;
  private final Path folder;
  private final Path picture;
  private final Path run;
  private final Path cache;
  private final Path out;
  private String result = "";

  /**
   * @param trains whether the process trains one step instead of generating one image
   */
  LaunchedProcess(boolean trains) {
    this.trains = trains;
    folder = temporary();
    picture = folder.resolve("sample.png");
    run = folder.resolve("run");
    cache = folder.resolve("cache");
    out = folder.resolve("out");
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("sparring-start-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Unpacks the natives once, for {@link StartBenchmark.Start#CACHE}. */
  void fillCache() {
    milliseconds(StartBenchmark.Start.CACHE);
  }

  /** Returns whether files can be removed from the system's file cache, with GNU dd on Linux. */
  boolean canForgetFiles() {
    return Files.isExecutable(Path.of("/usr/bin/dd")) && !natives().toString().isEmpty();
  }

  private static Path natives() {
    return Path.of(System.getProperty("sparring.natives", ""));
  }

  /** Runs one process and returns its time; throws if it fails or leaves no result. */
  double milliseconds(StartBenchmark.Start start) {
    try {
      FileUtils.deleteDirectory(run.toFile());
      Files.deleteIfExists(picture);
      Path empty = folder.resolve("empty-cache");
      FileUtils.deleteDirectory(empty.toFile());
      Files.createDirectories(cache);
      Files.createDirectories(empty);
      String options =
          switch (start) {
            case LAUNCHER -> "";
            case FROM_DISK -> forgetFiles();
            case NO_ARCHIVE -> "-XX:SharedArchiveFile=" + javaHome("lib/server/classes.jsa");
            case CACHE -> WITHOUT_FILES + cache;
            case EMPTY_CACHE -> WITHOUT_FILES + empty;
          };
      return time(options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while a process ran", e);
    }
  }

  private double time(String options) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command())
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("SPARRING_JAVA_OPTS", options);
    builder.environment().put("JAVA_HOME", javaHome("").toString());
    long begin = System.nanoTime();
    int code = builder.start().waitFor();
    double whole = (System.nanoTime() - begin) * 1e-6;
    if (code != 0) {
      throw new IllegalStateException(
          command() + " ended with " + code + ": " + Files.readString(folder.resolve("err")));
    }
    return trains ? firstStep() : sampled(whole);
  }

  private List<String> command() {
    String launcher = HOME.resolve("sparring").toString();
    return trains
        ? List.of(launcher, "train", "dcgan-glyphs", "--steps", "1", "--json", "--run", run + "")
        : List.of(
            launcher,
            "sample",
            ServedModel.folder("dcgan-mnist") + "",
            "--n",
            "1",
            "--out",
            picture + "");
  }

  private double firstStep() throws IOException {
    JsonNode report = new ObjectMapper().readTree(out.toFile());
    if (report.path("steps").asInt() != 1 || !Double.isFinite(report.path("d_loss").asDouble())) {
      throw new IllegalStateException("expected one step with finite losses, found " + report);
    }
    result = report.get("d_loss") + " " + report.get("g_loss");
    return report.get("first_step_seconds").asDouble() * 1000;
  }

  private double sampled(double whole) throws IOException {
    BufferedImage image = ImageIO.read(picture.toFile());
    if (image == null) {
      throw new IllegalStateException("expected a PNG file, found none in " + picture);
    }
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    result = image.getWidth() + "×" + image.getHeight() + " " + Arrays.hashCode(pixels);
    return whole;
  }

  /** Returns the losses of the step, or the size and a hash of the image, of the last process. */
  String result() {
    return result;
  }

  /**
   * Removes the natives and the archive of classes from the system's file cache. Pages that another
   * process uses stay there.
   */
  private String forgetFiles() throws IOException, InterruptedException {
    try (Stream<Path> files =
        Stream.concat(Files.list(natives()), Files.list(natives().resolveSibling(".")))
            .filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        new ProcessBuilder("dd", "if=" + file, "iflag=nocache", "count=0", "status=none")
            .inheritIO()
            .start()
            .waitFor();
      }
    }
    return "";
  }

  private static Path javaHome(String below) {
    return Path.of(System.getProperty("java.home"), below);
  }

  /** Returns the size of the natives that JavaCPP has unpacked. */
  double megabytesUnpacked() {
    File unpacked = cache.toFile();
    return FileUtils.sizeOfDirectory(unpacked) * 1e-6;
  }

  @Override
  public void close() {
    FileUtils.deleteQuietly(folder.toFile());
  }
}
