package org.sparring.benchmarks.peers;

import org.sparring.benchmarks.timing.Work;

class Dl4jStepTest extends AlternatingStepContract {
  @Override
  AlternatingStep step(Work work) {
    return new Dl4jStep(work);
  }
}
