package org.sparring.theory;

import java.util.List;
import java.util.Optional;
import org.sparring.errors.EditDistance;
import org.sparring.errors.TheoryException;

/** All statements, ordered by topic: optimum, equilibrium, dynamics. */
public final class Statements {
  private Statements() {}

  /** Returns all statements. */
  public static List<Statement> all() {
    return List.of(
        new TableOptimum(),
        new GaussianOptimum(),
        new OtherOptima(),
        new LossSaturation(),
        new Equilibrium(),
        new BilinearRates(),
        new DiracConvergence(),
        new WassersteinDistance());
  }

  /**
   * Returns the statements with the given names, in the order of {@code statements}.
   *
   * @throws TheoryException naming the nearest name if a name is unknown
   */
  public static List<Statement> named(List<Statement> statements, List<String> names) {
    List<String> known = statements.stream().map(Statement::name).toList();
    Optional<String> unknown = names.stream().filter(name -> !known.contains(name)).findFirst();
    unknown.ifPresent(
        name -> {
          throw new TheoryException(
              "expected a statement of the theory, found '"
                  + name
                  + "'; did you mean '"
                  + EditDistance.nearest(name, known)
                  + "'?\nThere are: "
                  + String.join(", ", known)
                  + ".");
        });
    return statements.stream().filter(s -> names.contains(s.name())).toList();
  }
}
