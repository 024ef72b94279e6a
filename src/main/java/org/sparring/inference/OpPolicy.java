package org.sparring.inference;

/**
 * Which TensorFlow ops a model may contain. A graph is a program: an op such as {@code WriteFile}
 * can write any file on this machine.
 */
public enum OpPolicy {
  /**
   * Ops that only compute: the ops of Sparring's models and of common feature networks. Reading and
   * writing files is allowed where the model's own variables are loaded, and nowhere else.
   */
  KNOWN,
  /** Any op. For models from a source that may run programs on this machine. */
  ANY
}
