package org.sparring.console;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.sparring.datasets.DataFetch;

/**
 * Shows the progress of a download, with one line for each tenth of a file, so that logs stay
 * readable.
 */
public final class DownloadDisplay implements DataFetch.Progress {
  private static final double MEGABYTE = 1e6;
  private static final int PARTS = 10;

  private final PrintWriter out;
  private String file = "";
  private long part;

  public DownloadDisplay(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void waiting(Path directory) {
    out.println("waiting for another fetch into " + directory);
    out.flush();
  }

  @Override
  public void at(String name, long bytes, long total) {
    long reached = total > 0 ? bytes * PARTS / total : (long) (bytes / (PARTS * MEGABYTE));
    if (!name.equals(file) || reached > part) {
      file = name;
      part = reached;
      String of = total > 0 ? String.format(Locale.ROOT, " of %.1f", total / MEGABYTE) : "";
      out.printf(Locale.ROOT, "%s: %.1f%s MB%n", name, bytes / MEGABYTE, of);
    }
  }
}
