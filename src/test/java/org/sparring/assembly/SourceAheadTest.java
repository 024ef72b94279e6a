package org.sparring.assembly;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.data.ImageSource;

class SourceAheadTest {

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class})
  void whatFailsAheadIsThrownAsItIs(Class<? extends Throwable> type) throws Exception {
    Throwable failure = type.getConstructor(String.class).newInstance("while decoding");
    SourceAhead ahead = new SourceAhead(failing(failure));
    assertSame(failure, assertThrows(type, ahead::pixels));
  }

  private static ImageSource failing(Throwable failure) {
    return (ImageSource)
        Proxy.newProxyInstance(
            ImageSource.class.getClassLoader(),
            new Class<?>[] {ImageSource.class},
            (proxy, method, arguments) -> {
              throw failure;
            });
  }
}
