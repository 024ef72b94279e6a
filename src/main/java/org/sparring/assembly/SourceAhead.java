package org.sparring.assembly;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.sparring.data.ForwardingImages;
import org.sparring.data.ImageSource;

/** A source whose images are decoded from now on, while the natives load and the graph is built. */
final class SourceAhead extends ForwardingImages {
  private CompletableFuture<byte[]> pixels;

  SourceAhead(ImageSource source) {
    super(source);
    pixels = CompletableFuture.supplyAsync(source::pixels);
  }

  /**
   * Returns the images that were decoded ahead, once, and releases them; later calls decode anew.
   */
  @Override
  public synchronized byte[] pixels() {
    if (pixels == null) {
      return source().pixels();
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
  public Optional<List<Path>> files() {
    return source().files();
  }
}
