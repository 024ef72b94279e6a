package org.sparring.benchmarks.peers;

import org.sparring.benchmarks.timing.Work;

class DjlTorchScriptStepTest extends AlternatingStepContract {
  @Override
  AlternatingStep step(Work work) {
    return DjlStep.torchScript(work);
  }
}
