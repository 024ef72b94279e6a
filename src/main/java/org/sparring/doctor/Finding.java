package org.sparring.doctor;

/**
 * One thing the doctor found.
 *
 * @param topic part of the machine that was examined
 * @param state consequence for training on the CPU
 * @param found what was found
 * @param advice what to do, or the empty string
 */
record Finding(String topic, State state, String found, String advice) {
  /**
   * The consequence of a finding; only {@code FAIL} means that training on the CPU does not work.
   */
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
