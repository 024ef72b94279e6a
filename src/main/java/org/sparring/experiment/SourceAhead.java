package org.sparring.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.sparring.data.ImageGeometry;
import org.sparring.data.ImageSource;

/** A source whose images are decoded from now on, while the natives load and the graph is built. */
final class SourceAhead implements ImageSource {
  private final ImageSource source;
  private CompletableFuture<byte[]> pixels;

  SourceAhead(ImageSource source) {
    this.source = source;
    pixels = CompletableFuture.supplyAsync(source::pixels);
  }

  /** Once from what was decoded ahead, which is then let go; later anew. */
  @Override
  public synchronized byte[] pixels() {
    if (pixels == null) {
      return source.pixels();
    }
    try {
      return pixels.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException broken) {
        throw broken;
      }
      if (e.getCause() instanceof Error broken) {
        throw broken;
      }
      throw e;
    } finally {
      pixels = null;
    }
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public ImageGeometry geometry() {
    return source.geometry();
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    source.read(index, into, offset);
  }

  @Override
  public int label(int index) {
    return source.label(index);
  }

  @Override
  public int classes() {
    return source.classes();
  }

  @Override
  public List<String> labelNames() {
    return source.labelNames();
  }

  @Override
  public String unlabelled() {
    return source.unlabelled();
  }

  @Override
  public String contentHash() {
    return source.contentHash();
  }

  @Override
  public Optional<List<Path>> files() {
    return source.files();
  }
}
