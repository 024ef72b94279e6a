package org.sparring.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparring.errors.Advice;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.DataException;
import org.sparring.errors.ErrorKind;

class CommandAdviceTest {
  @Test
  void anArgumentIsShownAsItsOption() {
    assertShown("--samples: expected 2", new ArgumentException("samples", "expected 2"));
    assertShown("--n: expected 2", new ArgumentException("count", "expected 2"));
    assertShown("--stop-on x: no", ArgumentException.of("stopOn", "x", "no"));
  }

  private static void assertShown(String expected, ArgumentException e) {
    assertEquals(expected, CommandAdvice.message(e));
  }

  @Test
  void adviceIsShownAsACommand() {
    DataException e = DataException.in("x", "files", "none", Advice.fetchData("mnist", "d"));
    assertEquals(
        "x: expected files\nfound none\nFetch it: ./sparring data fetch mnist --to d",
        CommandAdvice.message(e));
  }

  @ParameterizedTest
  @EnumSource
  void everyAdviceNamesACommandOrAnOption(Advice.Action action) {
    String shown = CommandAdvice.of(new Advice(action, List.of("a", "b")));
    assertTrue(shown.contains("./sparring") || shown.contains("--"), shown);
  }

  @ParameterizedTest
  @CsvSource({
    "BAD_REQUEST, 2",
    "TOO_MANY, 2",
    "BAD_DATA, 3",
    "DIVERGED, 4",
    "UNREADABLE, 5",
    "BUSY, 1",
    "CLOSED, 1",
    "FAILED, 1"
  })
  void everyKindHasItsExitCode(ErrorKind kind, int code) {
    assertEquals(code, ExitCode.of(kind));
  }
}
