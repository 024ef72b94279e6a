package org.sparring.folders;

/** Names without the extension of the file. */
final class Stems {
  private Stems() {}

  /** For example {@code cat/a} of {@code cat/a.png}. */
  static String of(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') ? name.substring(0, dot) : name;
  }
}
