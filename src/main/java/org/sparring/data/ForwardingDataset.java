package org.sparring.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The samples of another data set. Subclasses change one thing about it. */
public abstract class ForwardingDataset implements Dataset {
  private final Dataset source;

  /** All of {@code source}, until a subclass overrides a method. */
  protected ForwardingDataset(Dataset source) {
    this.source = source;
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
  public List<Field> fields() {
    return source.fields();
  }

  @Override
  public Field sample() {
    return source.sample();
  }

  @Override
  public void read(int index, Field field, ByteBuffer into) {
    source.read(index, field, into);
  }

  @Override
  public ByteBuffer readAll(Field field) {
    return source.readAll(field);
  }

  @Override
  public String summary() {
    return source.summary();
  }

  @Override
  public String contentHash() {
    return source.contentHash();
  }

  @Override
  public Optional<? extends Dataset> heldOut() {
    return source.heldOut();
  }

  @Override
  public Optional<PointSource> mixture() {
    return source.mixture();
  }

  @Override
  public Optional<List<Path>> files() {
    return source.files();
  }

  @Override
  public List<String> labelNames() {
    return source.labelNames();
  }

  @Override
  public String unlabelled() {
    return source.unlabelled();
  }
}
