package org.sparring.picturefiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparring.archives.Archive;
import org.sparring.archives.FolderWalk;
import org.sparring.data.Skipped;
import org.sparring.errors.DataException;
import org.sparring.pictures.ImageBytes;
import org.sparring.pictures.ImageDecoder;
import org.sparring.pictures.ImageFormat;
import org.sparring.pictures.Picture;

/** The pictures of a folder, of an archive, or of a folder in an archive, by their names. */
public final class NamedPictures {
  private final SortedMap<String, Encoded> pictures = new TreeMap<>();

  /** The bytes of a picture's file. */
  private interface Encoded {
    byte[] bytes() throws IOException;
  }

  private NamedPictures() {}

  /**
   * @param place a folder; an archive; or a folder in an archive, such as {@code
   *     pairs.tar.gz#google}
   * @return the pictures, by path without extension
   * @throws DataException if there is none
   */
  public static NamedPictures of(Path place) {
    NamedPictures found = new NamedPictures();
    try {
      if (Files.isDirectory(place)) {
        for (FolderWalk.Found file : FolderWalk.of(place, new Skipped())) {
          found.put(file.name(), () -> ImageBytes.read(file.path()));
        }
      } else {
        found.walk(place);
      }
    } catch (IOException e) {
      throw DataException.in(place, "readable pictures", e.toString(), "Check the permissions.")
          .because(e);
    }
    if (found.pictures.isEmpty()) {
      throw DataException.in(
          place, "pictures (" + ImageFormat.ALL + ")", "none", "Choose another place.");
    }
    return found;
  }

  /** Archives are read from front to back, so their pictures are held encoded. */
  private void walk(Path place) {
    String text = place.toString();
    int mark = text.lastIndexOf('#');
    Path archive = mark < 0 ? place : Path.of(text.substring(0, mark));
    if (!Files.isRegularFile(archive) || !Archive.isArchive(archive)) {
      throw DataException.in(
          place, "a folder or an archive", "neither", "Name a folder, a zip or a tar file.");
    }
    String inner = mark < 0 ? "" : text.substring(mark + 1) + "/";
    new Archive(archive, "Fetch it again.")
        .walk(
            (name, stream) -> {
              String path = Path.of(name).normalize().toString();
              if (path.startsWith(inner)) {
                byte[] bytes = ImageBytes.read(stream);
                put(path.substring(inner.length()), () -> bytes);
              }
            });
  }

  private void put(String name, Encoded encoded) {
    if (ImageDecoder.isImageName(name)) {
      int dot = name.lastIndexOf('.');
      pictures.put(dot > 0 ? name.substring(0, dot) : name, encoded);
    }
  }

  /** Returns the names in alphabetical order. */
  public Iterable<String> names() {
    return pictures.keySet();
  }

  public int size() {
    return pictures.size();
  }

  /**
   * Decodes a picture.
   *
   * @throws DataException if there is none of this name, or it cannot be read
   */
  public Picture get(String name) {
    Encoded encoded = pictures.get(name);
    if (encoded == null) {
      throw DataException.in(
          name, "a picture of this name in both places", "it in one", "Add or remove it.");
    }
    try {
      return ImageDecoder.decode(name, encoded.bytes());
    } catch (IOException e) {
      throw DataException.in(name, "a readable file", e.toString(), "Check its permissions.")
          .because(e);
    }
  }
}
