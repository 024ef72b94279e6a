package org.sparring.benchmarks.sheets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Finds the version of Sparring that is measured. */
public final class Versions {
  private static final String FILE = "/META-INF/maven/org.sparring/sparring/pom.properties";

  private Versions() {}

  /** Returns the version that Maven wrote into the jar; empty outside a jar. */
  public static String sparring() {
    Properties maven = new Properties();
    try (InputStream file = Versions.class.getResourceAsStream(FILE)) {
      if (file != null) {
        maven.load(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the version", e);
    }
    return maven.getProperty("version", "");
  }
}
