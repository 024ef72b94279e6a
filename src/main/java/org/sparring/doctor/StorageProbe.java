package org.sparring.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Examines free space and write permission in the current folder, and the folder of the data sets.
 */
record StorageProbe(Path folder, Map<String, String> environment) implements DoctorProbe {
  private static final String DATA = "SPARRING_DATA";

  @Override
  public List<Finding> look() {
    return List.of(currentFolder(), data());
  }

  private Finding currentFolder() {
    String found = folder.toAbsolutePath() + ", " + free();
    return canWrite()
        ? Finding.ok("current folder", found)
        : Finding.note(
            "current folder",
            found + ", not writable",
            "Start training in a folder of yours, or name one for the run.");
  }

  private String free() {
    try {
      return MachineProbe.gibibytes(Files.getFileStore(folder.toAbsolutePath()).getUsableSpace())
          + " free";
    } catch (IOException e) {
      return "free space unknown";
    }
  }

  /**
   * Returns whether a file can be written. Tries it, because permissions do not reveal a read-only
   * mount or a quota.
   */
  private boolean canWrite() {
    try {
      Files.delete(Files.createTempFile(folder.toAbsolutePath(), ".sparring-doctor", null));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Finding data() {
    String path = environment.getOrDefault(DATA, "");
    if (path.isEmpty()) {
      return Finding.note(DATA, "not set", "Set it to the folder that holds your data sets.");
    }
    return Files.isReadable(Path.of(path))
        ? Finding.ok(DATA, path)
        : Finding.note(DATA, path + " cannot be read", "Check the path and its permissions.");
  }
}
