package org.sparring.console;

import java.io.PrintWriter;
import java.util.Locale;
import org.sparring.scores.Evaluation;

/**
 * Shows how many images were processed, with one line for each tenth, so that logs stay readable.
 */
public final class SeenDisplay implements Evaluation.Listener {
  private static final int PARTS = 10;

  private final PrintWriter out;
  private String last = "";
  private int part;

  public SeenDisplay(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void seen(String what, int done, int count) {
    int reached = (int) ((long) done * PARTS / count);
    if (!what.equals(last) || reached > part) {
      last = what;
      part = reached;
      out.printf(Locale.ROOT, "%s: %d of %d%n", what, done, count);
      out.flush();
    }
  }

  @Override
  public void note(String line) {
    out.println(line);
    out.flush();
  }
}
