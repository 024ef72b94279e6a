package org.sparring.doctor;

import java.util.List;

/** Examines the version of Java; Sparring needs 17 or newer. */
record JavaProbe(int feature, String version) implements DoctorProbe {
  private static final int NEEDED = 17;

  @Override
  public List<Finding> look() {
    String found = version + ", " + System.getProperty("java.home");
    return List.of(
        feature >= NEEDED
            ? Finding.ok("Java", found)
            : Finding.fail(
                "Java", found, "Needs 17 or newer: apt-get install openjdk-17-jdk-headless."));
  }
}
