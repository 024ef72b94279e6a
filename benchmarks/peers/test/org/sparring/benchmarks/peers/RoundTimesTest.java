package org.sparring.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.benchmarks.timing.Measurement;
import org.sparring.benchmarks.timing.Measurement.Check;
import org.sparring.benchmarks.timing.Spread;
import org.sparring.benchmarks.timing.Work;

class RoundTimesTest {
  private static final Work WORK = Work.of("dcgan-32");

  private static Measurement measurement(double ms, double foreign, long parameters) {
    Check check = new Check(parameters, WORK.discriminatorParameters(), 0.5, 0.7, true, true);
    return new Measurement(
        "an engine", Map.of(), WORK, Map.of(), Spread.of(ms), foreign, check, null);
  }

  private static Measurement clean(double ms) {
    return measurement(ms, 0.02, WORK.generatorParameters());
  }

  private static Measurement disturbed(double ms) {
    return measurement(ms, 0.16, WORK.generatorParameters());
  }

  private static Map<Engine, Measurement> round(Measurement ours, Measurement djl) {
    return Map.of(Engine.SPARRING_ALTERNATING, ours, Engine.DJL_TORCHSCRIPT, djl);
  }

  private static RoundTimes three() {
    RoundTimes rounds = new RoundTimes();
    rounds.add(round(clean(80), clean(100)));
    rounds.add(round(disturbed(200), clean(110)));
    rounds.add(round(clean(90), clean(100)));
    return rounds;
  }

  @Test
  void ratiosAreOfTheSameRound() {
    Spread expected = Spread.of(0.8, 0.9);
    assertEquals(
        Optional.of(expected), three().ratio(Engine.SPARRING_ALTERNATING, Engine.DJL_TORCHSCRIPT));
  }

  @Test
  void aRunWithANeighbourCountsForNothing() {
    RoundTimes rounds = three();
    assertEquals(1, rounds.dropped(Engine.SPARRING_ALTERNATING));
    assertEquals(0, rounds.dropped(Engine.DJL_TORCHSCRIPT));
    assertEquals(Optional.of(Spread.of(80, 90)), rounds.step(Engine.SPARRING_ALTERNATING));
  }

  @Test
  void aRoundGoesWithoutAnEngineThatFailed() {
    RoundTimes rounds = three();
    rounds.add(Map.of(Engine.DJL_TORCHSCRIPT, clean(500)));
    assertEquals(2, rounds.clean(Engine.SPARRING_ALTERNATING));
    assertEquals(4, rounds.clean(Engine.DJL_TORCHSCRIPT));
    assertEquals(
        three().ratio(Engine.SPARRING_ALTERNATING, Engine.DJL_TORCHSCRIPT),
        rounds.ratio(Engine.SPARRING_ALTERNATING, Engine.DJL_TORCHSCRIPT));
  }

  @Test
  void anotherPairIsNoComparison() {
    Measurement other = measurement(50, 0, WORK.generatorParameters() - 1);
    RoundTimes rounds = new RoundTimes();
    assertThrows(IllegalStateException.class, () -> rounds.add(round(clean(80), other)));
  }

  @Test
  void theTableHasARowAnEngine() {
    Plan plan = Plan.of("--engines", "sparring-alternating,djl-torchscript", "--rounds", "3");
    List<String> lines = RatioTable.of(plan, three()).lines().toList();
    assertEquals(4, lines.size());
    assertEquals(
        "| DJL with TorchScript | 100.0 (100.0–105.0) | 3 of 3 | 0.850 (0.825–0.875) |",
        lines.get(3));
  }

  @Test
  void thePictureAndTheFileAreWritten(@TempDir Path folder) throws IOException {
    Plan plan = Plan.of("--rounds", "3");
    RoundTimes rounds = new RoundTimes();
    for (double slower : new double[] {1, 1.02, 1.1}) {
      Map<Engine, Measurement> round = new EnumMap<>(Engine.class);
      round.put(Engine.SPARRING_ALTERNATING, clean(80));
      round.put(Engine.SPARRING_SIMULTANEOUS, clean(70 * slower));
      round.put(Engine.DJL_TORCHSCRIPT, clean(120 * slower));
      round.put(Engine.DJL_SUBPIXEL, clean(130 / slower));
      round.put(Engine.DL4J, clean(1400 * slower));
      rounds.add(round);
    }
    Path picture = folder.resolve("ratios.png");
    RatioPlot.write(plan, rounds, picture);
    BufferedImage image = ImageIO.read(picture.toFile());
    assertTrue(image.getWidth() > 800);
    Path json = folder.resolve("ratios.json");
    ResultFile.write(plan, rounds, json);
    assertTrue(Files.readString(json).contains("\"median\" : 0.65"), Files.readString(json));
  }
}
