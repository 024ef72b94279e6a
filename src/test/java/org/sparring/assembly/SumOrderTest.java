package org.sparring.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.data.ArrayDataset;
import org.sparring.data.Dataset;
import org.sparring.pictures.ImageGeometry;
import org.sparring.recipes.RecipeReader;
import org.sparring.training.PhaseSteps;
import org.sparring.training.Step;
import org.sparring.training.TrainingGraph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.RunOptions;

/**
 * Sums of three and more tensors have one order.
 *
 * <p>TensorFlow's kernel of a sum begins with the first input whose memory it may overwrite.
 * Whether it may depends on which other readers of that input have run already, and so do the last
 * bits of the sum. A sum of two has the same bits in both orders, and an input whose other readers
 * run before the sum can always be overwritten.
 */
class SumOrderTest {
  private static final int SIDE = 16;
  private static final int SIZE = 8;
  private static final Set<String> SAME_MEMORY =
      Set.of("Identity", "Reshape", "Squeeze", "ExpandDims", "EnsureShape", "StopGradient");
  private static final String TRANSLATION =
      " translator.width=4 translator.patch_width=4 translator.patch_halvings=2";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "net.kind=dcgan",
        "net.kind=resnet penalty.kind=r1 penalty.weight=1",
        "net.kind=r3 loss.kind=relativistic-pairing penalty.kind=r1+r2 penalty.weight=1",
        "net.kind=dcgan penalty.kind=gradient-penalty penalty.weight=10 loss.kind=wasserstein",
        "net.kind=dcgan game.rule=unrolled game.unrolled_steps=2",
        "net.kind=dcgan game.rule=consensus",
        "task.kind=paired translator.kind=unet translator.depth=3" + TRANSLATION,
        "task.kind=paired translator.kind=resnet translator.depth=2" + TRANSLATION,
        "task.kind=unpaired task.pool=4 translator.kind=resnet translator.depth=2"
            + " loss.kind=least-squares"
            + TRANSLATION,
        "task.kind=unpaired task.pool=4 translator.kind=srresnet translator.depth=2" + TRANSLATION,
        "task.kind=restore pretraining.steps=4 translator.kind=srresnet translator.depth=3"
            + " loss.kind=relativistic-average perceptual.features=digits"
            + TRANSLATION,
        "task.kind=restore pretraining.steps=4 translator.kind=rrdb translator.depth=2"
            + TRANSLATION,
      })
  void everySumHasOneOrder(String keys) {
    RecipeReader reader = new RecipeReader().set("batch", "2").set("device.kind", "cpu");
    for (String key : keys.split(" ")) {
      reader.set(key.substring(0, key.indexOf('=')), key.substring(key.indexOf('=') + 1));
    }
    Assembly assembly = new Assembly(reader.recipe());
    TrainingGraph training = assembly.graph(data(keys));
    try (Session session = new Session(training.graph(), assembly.session().config())) {
      session.run(training.initialization());
      training.samples().load(session);
      int sums = 0;
      Set<String> unordered = new TreeSet<>();
      for (PhaseSteps phase : training.steps().phases()) {
        for (Step step : phase.forms().values()) {
          for (GraphDef part : run(session, step)) {
            sums += check(part, unordered);
          }
        }
      }
      assertEquals(Set.of(), unordered);
      assertTrue(sums > 0, "no sum was found");
    } finally {
      training.graph().close();
    }
  }

  /** Makes a step, and returns the graphs that TensorFlow ran. */
  private static List<GraphDef> run(Session session, Step step) {
    RunOptions all = RunOptions.newBuilder().setOutputPartitionGraphs(true).build();
    Session.Runner runner = session.runner().addTarget(step.done()).fetch(step.meters());
    try (Result result = runner.setOptions(all).runAndFetchMetadata()) {
      return result.getMetadata().orElseThrow().getPartitionGraphsList();
    }
  }

  /** Adds the terms of sums whose order can change; returns the number of sums. */
  private static int check(GraphDef graph, Set<String> unordered) {
    Map<String, NodeDef> nodes = new HashMap<>();
    graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    Map<String, List<NodeDef>> readers = readers(graph, nodes);
    int sums = 0;
    for (NodeDef sum : graph.getNodeList()) {
      if (!sum.getOp().endsWith("AddN")) {
        continue;
      }
      sums++;
      List<String> terms = data(sum);
      Set<String> before = terms.size() < 3 ? Set.of() : ancestors(sum, nodes);
      for (String term : terms.size() < 3 ? List.<String>of() : terms) {
        for (NodeDef reader : readers.get(memory(term, nodes))) {
          if (reader != sum && !before.contains(reader.getName())) {
            unordered.add(sum.getName() + " reads " + term + ", as does " + reader.getName());
          }
        }
      }
    }
    return sums;
  }

  /** The ops that read each tensor, or another tensor in the same memory. */
  private static Map<String, List<NodeDef>> readers(GraphDef graph, Map<String, NodeDef> nodes) {
    Map<String, List<NodeDef>> readers = new HashMap<>();
    for (NodeDef node : graph.getNodeList()) {
      if (!SAME_MEMORY.contains(node.getOp())) {
        for (String input : data(node)) {
          readers.computeIfAbsent(memory(input, nodes), i -> new ArrayList<>()).add(node);
        }
      }
    }
    return readers;
  }

  private static String memory(String tensor, Map<String, NodeDef> nodes) {
    NodeDef node = nodes.get(name(tensor));
    return node != null && SAME_MEMORY.contains(node.getOp())
        ? memory(node.getInput(0), nodes)
        : tensor;
  }

  /** The ops that have run when this one starts. */
  private static Set<String> ancestors(NodeDef op, Map<String, NodeDef> nodes) {
    Set<String> found = new HashSet<>();
    Deque<NodeDef> next = new ArrayDeque<>(List.of(op));
    while (!next.isEmpty()) {
      for (String input : next.pop().getInputList()) {
        if (found.add(name(input))) {
          next.push(nodes.get(name(input)));
        }
      }
    }
    return found;
  }

  private static List<String> data(NodeDef node) {
    return node.getInputList().stream().filter(input -> !input.startsWith("^")).toList();
  }

  private static String name(String input) {
    return input.replaceFirst("^\\^", "").replaceFirst(":.*", "");
  }

  private static TaskData data(String keys) {
    if (keys.startsWith("net.")) {
      return TaskData.of(ArrayDataset.of("images", SIZE).images("image", image(), pixels(1)));
    }
    if (keys.contains("unpaired")) {
      return new TaskData(Map.of("a", images("a", 1), "b", images("b", 2)));
    }
    return TaskData.of(
        ArrayDataset.of("pairs", SIZE)
            .images("a", image(), pixels(1))
            .images("b", image(), pixels(2)));
  }

  private static Dataset images(String name, int seed) {
    return ArrayDataset.of(name, SIZE).images("image", image(), pixels(seed));
  }

  private static ImageGeometry image() {
    return new ImageGeometry(SIDE, SIDE, 3);
  }

  private static byte[] pixels(int seed) {
    byte[] pixels = new byte[SIZE * image().bytes()];
    new Random(seed).nextBytes(pixels);
    return pixels;
  }
}
