package org.sparring.folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sparring.pictures.Images;

/** Folders of files for the tests. */
public final class Folders {
  private Folders() {}

  /** Writes files by their paths below a folder, which is made. */
  public static Path write(Path folder, Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    return folder;
  }

  /** A small image under each name, each another. */
  public static Map<String, byte[]> images(String... names) throws IOException {
    Map<String, byte[]> images = new LinkedHashMap<>();
    for (String name : names) {
      images.put(name, Images.noise(3, 3, name.hashCode()));
    }
    return images;
  }
}
