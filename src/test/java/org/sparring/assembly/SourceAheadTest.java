package org.sparring.assembly;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.data.ClassLabels;
import org.sparring.data.Dataset;
import org.sparring.data.Field;
import org.sparring.data.GlyphSource;

/** Reading ahead of a run. */
class SourceAheadTest {

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class})
  void whatFailsAheadIsThrownAsItIs(Class<? extends Throwable> type) throws Exception {
    Throwable failure = type.getConstructor(String.class).newInstance("while decoding");
    SourceAhead ahead = new SourceAhead(failing(failure));
    assertSame(failure, assertThrows(type, () -> ahead.readAll(ahead.sample())));
  }

  @Test
  void readsAheadOnceAndThenAnew() {
    var source = new GlyphSource(5, 8, 1, 1);
    SourceAhead ahead = new SourceAhead(source);
    for (int time = 0; time < 2; time++) {
      assertArrayEquals(source.pixels(), ahead.readAll(ahead.sample()).array());
    }
    assertArrayEquals(
        ClassLabels.of(source).orElseThrow().values(),
        ClassLabels.of(ahead).orElseThrow().values());
  }

  private static Dataset failing(Throwable failure) {
    return (Dataset)
        Proxy.newProxyInstance(
            Dataset.class.getClassLoader(),
            new Class<?>[] {Dataset.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("sample")) {
                return Field.floats("x", 1);
              }
              throw failure;
            });
  }
}
