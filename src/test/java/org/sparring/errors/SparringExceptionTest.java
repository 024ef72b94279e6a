package org.sparring.errors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SparringExceptionTest {
  private static final Advice FETCH = Advice.fetchData("mnist", "data/mnist");

  @ParameterizedTest
  @EnumSource
  void onlyRefusalsUnderLoadHaveNoStackTrace(ErrorKind kind) {
    boolean cheap = List.of("TOO_MANY", "BUSY", "CLOSED").contains(kind.name());
    assertEquals(cheap, new ModelException(kind, "x").getStackTrace().length == 0);
  }

  @Test
  void theMessageEndsWithTheAdviceInTermsOfTheLibrary() {
    DataException e = DataException.in("x", "files", "none", FETCH);
    assertEquals(
        "x: expected files\nfound none\nFetch the data set mnist into data/mnist.", e.getMessage());
    assertEquals("x: expected files\nfound none\nfetch mnist", e.message(a -> "fetch mnist"));
    assertEquals(Optional.of(FETCH), e.advice());
    assertEquals("Fetch the data set mnist into data/mnist.", e.remedy());
  }

  @Test
  void aMessageWithoutAdviceStaysAsItIs() {
    ModelException e = new ModelException("broken");
    assertEquals("broken", e.message(advice -> "never"));
    assertEquals(Optional.empty(), e.advice());
  }

  @Test
  void aCauseLeavesMessageAndAdviceAsTheyAre() {
    DataException e = DataException.in("x", "files", "none", FETCH);
    IOException cause = new IOException("disk");
    DataException caused = e.because(cause);
    assertEquals(e.getMessage(), caused.getMessage());
    assertEquals(e.advice(), caused.advice());
    assertSame(cause, caused.getCause());
  }

  @ParameterizedTest
  @EnumSource
  void everyAdviceIsOneSentence(Advice.Action action) {
    String words = new Advice(action, List.of("a", "b")).words();
    assertTrue(words.matches("[A-Z].*\\."), words);
    assertTrue(!words.contains("%"), words);
  }

  @Test
  void anArgumentIsNamedAtTheBeginning() {
    ArgumentException e = ArgumentException.of("stopOn", "collapse", "expected an alarm");
    assertEquals("stopOn collapse: expected an alarm", e.getMessage());
    assertEquals("stopOn", e.argument());
    assertEquals(ErrorKind.BAD_REQUEST, e.kind());
  }

  @Test
  void anExceptionCanBeSentToAnotherProcess() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(DataException.in("x", "files", "none", FETCH));
    }
    ByteArrayInputStream sent = new ByteArrayInputStream(bytes.toByteArray());
    try (ObjectInputStream in = new ObjectInputStream(sent)) {
      DataException read = (DataException) in.readObject();
      assertEquals(ErrorKind.BAD_DATA, read.kind());
      assertEquals(Optional.of(FETCH), read.advice());
    }
  }
}
