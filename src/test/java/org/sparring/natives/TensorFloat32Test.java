package org.sparring.natives;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TensorFloat32Test {

  @AfterEach
  void leaveTheSwitchAsTensorFlowHasIt() {
    TensorFloat32.allow(true);
  }

  @Test
  void theSwitchOfTheProcessIsTurnedAndTellsSo() {
    assertTrue(TensorFloat32.isAllowed());
    TensorFloat32.allow(false);
    assertFalse(TensorFloat32.isAllowed());
    TensorFloat32.allow(true);
    assertTrue(TensorFloat32.isAllowed());
  }
}
