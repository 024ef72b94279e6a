package org.sparring.theory;

import java.util.List;
import java.util.Optional;
import org.sparring.errors.EditDistance;
import org.sparring.errors.TheoryException;

/** The statements that are shown, in the order of a book: optimum, equilibrium, dynamics. */
public final class Statements {
  private Statements() {}

  /** All of them. */
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
   * Those with these names, in their own order.
   *
   * @throws TheoryException naming the nearest name where one is unknown
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
