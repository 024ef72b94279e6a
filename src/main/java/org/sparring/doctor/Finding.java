package org.sparring.doctor;

/**
 * One thing the doctor found.
 *
 * @param topic what was looked at
 * @param state what it means for training on the CPU
 * @param found what is there
 * @param advice what to do, or the empty string
 */
record Finding(String topic, State state, String found, String advice) {
  /** Only {@code FAIL} keeps training on the CPU from working. */
  enum State {
    OK,
    NOTE,
    FAIL
  }

  static Finding ok(String topic, String found) {
    return new Finding(topic, State.OK, found, "");
  }

  static Finding note(String topic, String found, String advice) {
    return new Finding(topic, State.NOTE, found, advice);
  }

  static Finding fail(String topic, String found, String advice) {
    return new Finding(topic, State.FAIL, found, advice);
  }
}
