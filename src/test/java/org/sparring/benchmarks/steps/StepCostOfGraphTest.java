package org.sparring.benchmarks.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.assembly.Assembly;
import org.sparring.benchmarks.timing.StepCost;
import org.sparring.data.GlyphSource;
import org.sparring.training.TrainingGraph;
import org.tensorflow.GraphOperation;

/** The cost that reports reckon from sizes alone is that of the graph which is run. */
class StepCostOfGraphTest {
  @ParameterizedTest
  @CsvSource({"8, alternating", "32, alternating", "64, simultaneous"})
  void multiplyAddsAreThoseOfTheGraph(int side, String rule) {
    StepConfiguration configuration =
        StepConfiguration.of(List.of("net=dcgan-" + side, "width=3", "batch=2", "rule=" + rule));
    var work = configuration.work();
    TrainingGraph training =
        new Assembly(configuration.recipe())
            .graph(new GlyphSource(16, work.side(), work.channels(), 1));
    try (var graph = training.graph()) {
      GraphOperation step = (GraphOperation) training.steps().plain().done().op();
      assertEquals(
          StepWork.of(graph, step).multiplyAdds(), StepCost.of(work, rule, 4).multiplyAdds());
    }
  }
}
