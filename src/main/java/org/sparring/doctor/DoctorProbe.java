package org.sparring.doctor;

import java.util.List;

/** Examines one part of the machine. Does not throw: a failure to examine it is a finding. */
@FunctionalInterface
interface DoctorProbe {
  List<Finding> look();
}
