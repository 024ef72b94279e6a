package org.sparring.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.errors.TheoryException;

/** What every statement has to keep. */
class StatementsTest {
  private static final long[] SEEDS = {1, 20_250};

  static List<Statement> statements() {
    return Statements.all();
  }

  @ParameterizedTest
  @MethodSource("statements")
  void everyRowHoldsForTwoSeedsAndIsNamedAfterItsStatement(Statement statement) {
    List<String> first = names(statement, SEEDS[0]);
    assertEquals(first, names(statement, SEEDS[1]));
    assertEquals(first.size(), new HashSet<>(first).size(), "names must differ: " + first);
  }

  @Test
  void statementsAreFoundByTheirNamesInTheirOwnOrder() {
    List<Statement> found = Statements.named(statements(), List.of("dirac", "bilinear"));
    assertEquals(List.of("bilinear", "dirac"), found.stream().map(Statement::name).toList());
  }

  @Test
  void ofAnUnknownNameTheNearestIsSaid() {
    TheoryException refused =
        assertThrows(TheoryException.class, () -> Statements.named(statements(), List.of("dirak")));
    assertTrue(refused.getMessage().contains("did you mean 'dirac'?"), refused.getMessage());
  }

  private static List<String> names(Statement statement, long seed) {
    List<String> names = new ArrayList<>();
    statement.check(
        seed,
        row -> {
          assertTrue(row.holds(), () -> "seed " + seed + ": " + row);
          assertTrue(row.name().startsWith(statement.name() + "/"), row.name());
          names.add(row.name());
        });
    assertTrue(names.size() >= 2, names::toString);
    return names;
  }
}
