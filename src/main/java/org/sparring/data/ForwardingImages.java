package org.sparring.data;

import java.util.List;
import org.sparring.pictures.ImageGeometry;

/**
 * The images of another source. Subclasses change one thing about them; {@link #pixels} and {@link
 * #files} are not forwarded, so that they agree with a changed {@link #read}.
 */
public abstract class ForwardingImages implements ImageSource {
  private final ImageSource source;

  /** All of {@code source}, until a subclass overrides a method. */
  protected ForwardingImages(ImageSource source) {
    this.source = source;
  }

  /** The source that is forwarded to. */
  protected final ImageSource source() {
    return source;
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
  public boolean isWhole() {
    return source.isWhole();
  }

  @Override
  public String unlabelled() {
    return source.unlabelled();
  }

  @Override
  public String contentHash() {
    return source.contentHash();
  }
}
