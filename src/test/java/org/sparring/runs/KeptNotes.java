package org.sparring.runs;

import java.util.ArrayList;
import java.util.List;
import org.sparring.telemetry.Progress;
import org.sparring.telemetry.ProgressDisplay;

/** Keeps the notes of a run, in order, and shows nothing. */
public final class KeptNotes implements ProgressDisplay {
  private final List<String> lines = new ArrayList<>();

  /** All notes so far. */
  public List<String> lines() {
    return lines;
  }

  /** The notes that contain a text. */
  public List<String> with(String part) {
    return lines.stream().filter(line -> line.contains(part)).toList();
  }

  @Override
  public boolean due() {
    return false;
  }

  @Override
  public void update(Progress progress) {}

  @Override
  public void note(String line) {
    lines.add(line);
  }

  @Override
  public void close() {}
}
