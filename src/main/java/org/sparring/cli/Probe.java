package org.sparring.cli;

import java.util.List;

/** Looks at one part of the machine. Does not throw: what it cannot see it says. */
@FunctionalInterface
interface Probe {
  List<Finding> look();
}
