package org.sparring.doctor;

import java.net.URL;
import java.util.List;
import java.util.Optional;
import org.sparring.natives.Flavour;

/** Examines which of TensorFlow's native libraries are on the class path. */
record NativesProbe(Flavour flavour, Optional<URL> location) implements DoctorProbe {
  private static final String TOPIC = "natives";

  @Override
  public List<Finding> look() {
    return List.of(
        switch (flavour) {
          case GPU -> Finding.ok(TOPIC, "GPU flavour, " + jar());
          case CPU ->
              Finding.note(
                  TOPIC, "CPU flavour, " + jar(), "For a GPU start with `./sparring --gpu`.");
          case NONE ->
              Finding.fail(
                  TOPIC,
                  "none for this platform",
                  "TensorFlow comes for Linux x86-64, Linux arm64 and macOS arm64.");
        });
  }

  private String jar() {
    return location
        .map(URL::getPath)
        .map(path -> path.replaceFirst("^file:", "").replaceFirst("!.*", ""))
        .orElse("?");
  }
}
