package org.sparring.benchmarks.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class WorkTest {
  @Test
  void theSmallNetHasTheParametersOfItsJavadoc() {
    Work work = Work.of("dcgan-32");
    assertEquals(new Work(32, 1, 64, 100, 64), work);
    assertEquals(1066881, work.generatorParameters());
    assertEquals(661249, work.discriminatorParameters());
  }

  @Test
  void largerNetsAreOfColouredImages() {
    assertEquals(new Work(64, 3, 64, 100, 64), Work.of("dcgan-64"));
    assertEquals(new Work(128, 3, 64, 100, 64), Work.of("dcgan-128"));
  }

  @Test
  void sidesAreHalvedDownToFour() {
    assertThrows(IllegalArgumentException.class, () -> Work.of("dcgan-48"));
    assertThrows(IllegalArgumentException.class, () -> Work.of("dcgan-4"));
    assertThrows(IllegalArgumentException.class, () -> Work.of("resnet-32"));
  }
}
