package org.sparring.records;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sparring.data.ImageSource;

/**
 * Data sets of a few images, written by pyarrow and NumPy. The Parquet files contain six images of
 * 4×4 pixels of one colour, (10i, 20i, 30i), PNG and WebP, of the classes 0, 1, 2, 0, 1, 2; {@code
 * gaps} has five, of which two are good.
 */
public final class RecordFixtures {
  private RecordFixtures() {}

  public static Path copy(String name, Path folder) throws IOException {
    return copy(name, folder, name);
  }

  public static Path copy(String name, Path folder, String as) throws IOException {
    Path target = folder.resolve(as);
    Files.createDirectories(target.getParent());
    try (InputStream in = RecordFixtures.class.getResourceAsStream("records/" + name)) {
      Files.write(target, in.readAllBytes());
    }
    return target;
  }

  static byte[] image(ImageSource source, int index) {
    byte[] image = new byte[source.geometry().bytes()];
    source.read(index, image, 0);
    return image;
  }
}
