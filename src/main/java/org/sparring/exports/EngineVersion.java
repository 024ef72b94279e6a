package org.sparring.exports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Reads the version of Sparring that the build wrote. */
public final class EngineVersion {
  private static final String FILE = "engine.properties";
  private static final String CURRENT = read();

  private EngineVersion() {}

  /** Returns the version, for example {@code 0.1.0-SNAPSHOT}. */
  public static String current() {
    return CURRENT;
  }

  private static String read() {
    Properties properties = new Properties();
    try (InputStream in = EngineVersion.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the build lacks " + FILE);
      }
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
