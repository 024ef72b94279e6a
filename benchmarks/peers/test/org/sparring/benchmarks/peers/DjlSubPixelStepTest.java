package org.sparring.benchmarks.peers;

import org.sparring.benchmarks.timing.Work;

class DjlSubPixelStepTest extends AlternatingStepContract {
  @Override
  AlternatingStep step(Work work) {
    return DjlStep.subPixel(work);
  }
}
