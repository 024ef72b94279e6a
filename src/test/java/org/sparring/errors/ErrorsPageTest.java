package org.sparring.errors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ErrorsPageTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|");

  @Test
  void thePageListsEveryKindInTheOrderOfTheEnum() throws IOException {
    Matcher rows = ROW.matcher(Files.readString(Path.of("docs/errors.md")));
    assertEquals(
        Arrays.stream(ErrorKind.values()).map(Enum::name).toList(),
        rows.results().map(row -> row.group(1)).toList());
  }
}
