package org.sparring.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorTest {
  @ParameterizedTest
  @CsvSource({
    "GenuineIntel, avx2 avx512f avx512_bf16 amx_bf16 amx_tile, true",
    "GenuineIntel, avx2 avx512f avx512_bf16, false",
    "AuthenticAMD, avx2 avx512f avx512_bf16, true",
    "AuthenticAMD, avx2 fma, false"
  })
  void bfloat16IsFasterByMatrixUnitsOrOnAmd(String vendor, String flags, boolean faster) {
    String info = "processor\t: 0\nvendor_id\t: " + vendor + "\nflags\t\t: fpu " + flags + "\n\n";
    assertEquals(faster, Processor.of(info).isFasterInBfloat16());
  }

  @Test
  void armNamesItsFeaturesOtherwise() {
    Processor arm = Processor.of("processor\t: 0\nFeatures\t: asimd sve\n");
    assertEquals(Set.of("asimd", "sve"), arm.features());
    assertFalse(arm.isFasterInBfloat16());
  }

  @Test
  void nothingIsKnownOfOtherSystems() {
    assertEquals(new Processor("", Set.of()), Processor.of(""));
  }
}
