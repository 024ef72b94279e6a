package org.sparring.natives;

import com.sun.jna.Function;

/**
 * Sets environment variables of this process, which native libraries read and Java itself cannot
 * set.
 */
final class Environment {
  private Environment() {}

  static void set(String name, String value) {
    Function.getFunction("c", "setenv").invokeInt(new Object[] {name, value, 1});
  }
}
