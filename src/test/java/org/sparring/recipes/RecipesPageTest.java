package org.sparring.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RecipesPageTest {
  private static final Path PAGE = Path.of("docs/recipes.md");

  /** To write the page, set the system property {@code sparring.write}. */
  @Test
  void thePageSaysWhatTheRecordsSay() throws IOException {
    String text = RecipesPage.text();
    if (Boolean.getBoolean("sparring.write")) {
      Files.writeString(PAGE, text);
    }
    assertEquals(
        text,
        Files.exists(PAGE) ? Files.readString(PAGE) : "",
        PAGE
            + " differs from the Javadoc and the defaults of the records; to write it, run"
            + " mvn test -Dtest=RecipesPageTest -Dsparring.write=true");
  }

  @Test
  void aNumberHasItsRangeAndTextItsValues() throws IOException {
    for (String line : RecipesPage.text().lines().filter(l -> l.startsWith("| `")).toList()) {
      String[] cells = line.split(" \\| ");
      assertEquals(4, cells.length, line);
      assertTrue(!cells[2].isBlank() && !cells[3].isBlank(), line);
    }
  }
}
