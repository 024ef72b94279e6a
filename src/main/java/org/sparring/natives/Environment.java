package org.sparring.natives;

import com.sun.jna.Function;

/** Variables of this process's own environment, which native libraries read and Java cannot set. */
final class Environment {
  private Environment() {}

  static void set(String name, String value) {
    Function.getFunction("c", "setenv").invokeInt(new Object[] {name, value, 1});
  }
}
