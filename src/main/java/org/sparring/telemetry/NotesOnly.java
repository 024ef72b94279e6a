package org.sparring.telemetry;

import java.io.PrintStream;

/** A display that prints notes and no progress. */
record NotesOnly(PrintStream out) implements ProgressDisplay {
  @Override
  public boolean due() {
    return false;
  }

  @Override
  public void update(Progress progress) {}

  @Override
  public void note(String line) {
    out.println(line);
  }

  @Override
  public void close() {}
}
