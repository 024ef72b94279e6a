package org.sparring.benchmarks.steps;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.sparring.assembly.Assembly;
import org.sparring.assembly.TaskData;
import org.sparring.benchmarks.steps.StepWork.Direction;
import org.sparring.benchmarks.steps.StepWork.Product;
import org.sparring.benchmarks.timing.ForeignLoad;
import org.sparring.benchmarks.timing.Spread;
import org.sparring.data.GlyphSource;
import org.sparring.natives.SessionOptions;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.recipes.Recipes;
import org.sparring.training.PhaseSteps;
import org.sparring.training.Step;
import org.sparring.training.TrainingGraph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Session;

/**
 * Reports the work of a step by layer, and how close the step comes to the time of its products
 * alone. Steps and products are measured alternately in one process.
 */
public final class SuiteLimits {
  private static final int ROUNDS = 9;

  private static final String RECIPE = "recipe=";

  private final StepConfiguration configuration;
  private final List<Double> shares = new ArrayList<>();
  private final List<Double> steps = new ArrayList<>();
  private final List<Double> products = new ArrayList<>();
  private double foreign;

  private SuiteLimits(StepConfiguration configuration) {
    this.configuration = configuration;
  }

  /**
   * Counts the work of a step and measures its limit.
   *
   * @param words as for {@link StepTimer}; {@code steps} is the number of steps per round. With
   *     {@code recipe=NAME_OR_FILE} the step is that of a recipe, in each of its phases, on random
   *     pictures without classes
   * @return tables in Markdown
   * @throws IllegalArgumentException if a word is unknown; the message lists the known ones
   */
  public static String of(List<String> words) {
    List<String> others = words.stream().filter(word -> !word.startsWith(RECIPE)).toList();
    StepConfiguration configuration = StepConfiguration.of(others);
    return words.stream()
        .filter(word -> word.startsWith(RECIPE))
        .findFirst()
        .map(word -> ofRecipe(word.substring(RECIPE.length()), others, configuration))
        .orElseGet(() -> ofNet(configuration));
  }

  private static String ofNet(StepConfiguration configuration) {
    var work = configuration.work();
    TaskData data = TaskData.of(new GlyphSource(2048, work.side(), work.channels(), 1));
    return measured(configuration, configuration.recipe(), data);
  }

  private static String ofRecipe(String name, List<String> words, StepConfiguration configuration) {
    for (String word : words) {
      if (word.startsWith("net=") || word.startsWith("width=")) {
        throw new IllegalArgumentException("recipe= names the network: leave out " + word);
      }
    }
    RecipeReader reader = Recipes.load(name).set("meters.steps", "0");
    words.stream().filter(word -> word.startsWith("batch=")).forEach(reader::set);
    configuration.keys().forEach(reader::set);
    Recipe recipe = reader.recipe();
    return measured(configuration, recipe, RandomPictures.of(recipe));
  }

  private static String measured(StepConfiguration configuration, Recipe recipe, TaskData data) {
    Assembly assembly = new Assembly(recipe);
    TrainingGraph training = assembly.graph(data);
    SessionOptions options = assembly.session();
    try (Session session = new Session(training.graph(), options.config())) {
      session.run(training.initialization());
      training.samples().load(session);
      List<PhaseSteps> phases = training.steps().phases();
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < phases.size(); i++) {
        if (phases.size() > 1) {
          all.append(String.format(Locale.ROOT, "Phase %d of %d%n%n", i + 1, phases.size()));
        }
        Step step = phases.get(i).plain();
        all.append(new SuiteLimits(configuration).measured(training, step, session, options));
      }
      return all.toString();
    } finally {
      training.graph().close();
    }
  }

  private String measured(
      TrainingGraph training, Step step, Session session, SessionOptions options) {
    GraphOperation done = (GraphOperation) step.done().op();
    StepWork counted = StepWork.of(training.graph(), done);
    try (StepLimit limit = new StepLimit(counted.products(), options)) {
      Session.Runner runner = session.runner().addTarget(done).fetch(step.meters());
      time(() -> runner.run().close(), limit::run);
      return table(counted) + "\n" + times(counted) + "\n" + slowest(counted, limit);
    }
  }

  private void time(Runnable step, Runnable alone) {
    milliseconds(step, configuration.warmUp());
    milliseconds(alone, configuration.warmUp());
    ForeignLoad load = new ForeignLoad();
    for (int round = 0; round < ROUNDS; round++) {
      double ofStep = milliseconds(step, configuration.steps());
      double ofProducts = milliseconds(alone, configuration.steps());
      steps.add(ofStep);
      products.add(ofProducts);
      shares.add(ofProducts / ofStep);
    }
    foreign = load.processors().orElse(Double.NaN);
  }

  /** Returns the median time of {@code times} runs. */
  private static double milliseconds(Runnable run, int times) {
    double[] each = new double[times];
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      run.run();
      each[i] = (System.nanoTime() - start) / 1e6;
    }
    return Spread.of(each).median();
  }

  /** Returns a table of multiply-adds by layer and direction, in millions. */
  private static String table(StepWork work) {
    Map<String, List<Product>> layers = new LinkedHashMap<>();
    work.products().forEach(p -> layers.computeIfAbsent(p.layer(), l -> new ArrayList<>()).add(p));
    StringBuilder table =
        new StringBuilder(
            "| layer | forward | input gradient | weight gradient | MB moved |\n|---|--:|--:|--:|--:|\n");
    layers.forEach((layer, of) -> table.append(row(layer, of)));
    return table.append(row("all", work.products())).toString();
  }

  private static String row(String name, List<Product> products) {
    StringBuilder row = new StringBuilder("| ").append(name);
    for (Direction direction : Direction.values()) {
      List<Product> of = products.stream().filter(p -> p.direction() == direction).toList();
      row.append(" | ").append(millions(of, Product::multiplyAdds));
    }
    return row.append(" | ").append(millions(products, Product::bytes)).append(" |\n").toString();
  }

  private static String millions(List<Product> of, ToLongFunction<Product> number) {
    long sum = of.stream().mapToLong(number).sum();
    return of.isEmpty() ? "" : String.format(Locale.ROOT, "%.1f", sum / 1e6);
  }

  private String times(StepWork work) {
    double flops = 2e-6 * work.multiplyAdds();
    Spread share = Spread.of(shares);
    return String.format(
        Locale.ROOT,
        "%.1f million multiply-adds, %.0f MB by products and %.0f MB by all else, unfused.%n"
            + "Step %.1f ms, %.0f GFLOP/s; its products alone %.1f ms, %.0f GFLOP/s.%n"
            + "Share of the limit: median %.3f, quartiles %.3f to %.3f over %d rounds of %d;"
            + " others took %.2f processors.%n",
        work.multiplyAdds() / 1e6,
        work.productBytes() / 1e6,
        work.otherBytes() / 1e6,
        Spread.of(steps).median(),
        flops / Spread.of(steps).median(),
        Spread.of(products).median(),
        flops / Spread.of(products).median(),
        share.median(),
        share.lowerQuartile(),
        share.upperQuartile(),
        share.count(),
        configuration.steps(),
        foreign);
  }

  /** Returns a table of the slowest single products, which shows where the limit itself is low. */
  private String slowest(StepWork work, StepLimit limit) {
    StringBuilder table =
        new StringBuilder(
            "| product | million multiply-adds | ms | GFLOP/s |\n|---|--:|--:|--:|\n");
    List<Product> all = work.products();
    for (int i = 0; i < all.size(); i++) {
      int product = i;
      milliseconds(() -> limit.run(product), configuration.warmUp());
      double time = milliseconds(() -> limit.run(product), configuration.steps());
      Product p = all.get(i);
      table.append(
          String.format(
              Locale.ROOT,
              "| %s, %s | %.1f | %.2f | %.0f |%n",
              p.layer(),
              p.direction().label,
              p.multiplyAdds() / 1e6,
              time,
              2e-6 * p.multiplyAdds() / time));
    }
    return table.toString();
  }
}
