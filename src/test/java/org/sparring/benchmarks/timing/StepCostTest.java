package org.sparring.benchmarks.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StepCostTest {
  /**
   * Side 8, one channel, width 2, latent 3, batch 5. Generator: dense 3·32 = 96 a sample, twice;
   * transposed 4·4 places of 16·2·1 = 512, three times. Discriminator: convolution 4·4 places of
   * 16·1·2 = 512, four times for its own step and twice for the generator's; dense 32·1, six times
   * and twice.
   */
  private static final Work TINY = new Work(8, 1, 2, 3, 5);

  @Test
  void multiplyAddsAreCountedByPass() {
    double ofGenerator = 2 * 96 + 3 * 512;
    double ofDiscriminator = (4 + 2) * 512 + (6 + 2) * 32;
    assertEquals(
        5 * (ofGenerator + ofDiscriminator), StepCost.of(TINY, "alternating", 4).multiplyAdds());
  }

  @Test
  void theSimultaneousRuleSparesAPassThroughTheDiscriminator() {
    double alternating = StepCost.of(TINY, "alternating", 4).multiplyAdds();
    double simultaneous = StepCost.of(TINY, "simultaneous", 4).multiplyAdds();
    assertEquals(5 * (512 + 32), alternating - simultaneous);
  }

  /**
   * Numbers a pass: generator's dense 15 + 160 + 96 = 271 and transposed 160 + 320 + 32 = 512;
   * discriminator's convolution 512 and dense 160 + 5 + 32 = 197. Weights: 96 + 4 + 32 + 1 and 32 +
   * 32 + 1.
   */
  @Test
  void bytesAreThoseOfThePassesAndOfAdam() {
    double numbers = 2 * 271 + 3 * 512 + 6 * 512 + 8 * 197;
    double ofAdam = 28 * (133 + 65);
    assertEquals(4 * numbers + ofAdam, StepCost.of(TINY, "alternating", 4).bytes());
    assertEquals(2 * numbers + ofAdam, StepCost.of(TINY, "alternating", 2).bytes());
  }

  /**
   * A sample of dcgan-32: generator 2·409600 + 3·(8388608 + 8388608 + 262144), discriminator
   * 6·262144 + 8·(8388608 + 8388608 + 4096) = 187,760,640 in all, and 64 of them a batch.
   */
  @Test
  void theSmallNetTakesTwelveBillionMultiplyAdds() {
    double sample =
        2 * 409600.0 + 3 * (2 * 8388608.0 + 262144) + 6 * 262144.0 + 8 * (2 * 8388608.0 + 4096);
    assertEquals(64 * sample, StepCost.of(Work.of("dcgan-32"), "alternating", 4).multiplyAdds());
  }
}
