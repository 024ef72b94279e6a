package org.sparring.doctor;

import java.util.List;

/** Looks at one part of the machine. Does not throw: what it cannot see it says. */
@FunctionalInterface
interface DoctorProbe {
  List<Finding> look();
}
