package org.sparring.assembly;

import static org.sparring.assembly.Pins.assertNames;
import static org.sparring.assembly.Pins.assertPins;
import static org.sparring.assembly.Pins.recipe;
import static org.sparring.assembly.Pins.setup;
import static org.sparring.assembly.Pins.task;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparring.graph.ScratchGraph;
import org.sparring.nets.ComputedPair;
import org.sparring.nets.Dcgan;
import org.sparring.optimizers.Adam;
import org.sparring.optimizers.GradientDescent;
import org.sparring.optimizers.LearningRate;
import org.sparring.recipes.DataKeys.Residence;
import org.sparring.recipes.DeviceKeys.OneDnnSwitch;
import org.sparring.recipes.DeviceKeys.PrecisionKind;
import org.sparring.recipes.DeviceKeys.XlaSwitch;
import org.sparring.recipes.EvaluationKeys.ScoreKind;
import org.sparring.recipes.OptimizerKeys.OptimizerKind;
import org.sparring.recipes.OptimizerKeys.ScheduleKind;
import org.tensorflow.ndarray.Shape;

/** Each name in YAML of the optimizer's and the device's keys builds what it names. */
class OptimizerAndDeviceKeywordsTest {
  private static final Shape IMAGE = Shape.of(16, 16, 1);

  @Test
  void optimizerKind() {
    assertPins(
        OptimizerKind.values(),
        Map.of("adam", Adam.class, "sgd", GradientDescent.class),
        name -> setup(IMAGE, "optimizer.kind=" + name).optimizers().generator().getClass());
  }

  /** At three quarters of the way down: ½(1 + cos ¾π) is .146447. */
  @Test
  void optimizerSchedule() {
    assertPins(
        ScheduleKind.values(),
        Map.of("constant", 1.0, "linear", 0.25, "constant-then-linear", 0.5, "cosine", 0.146447),
        name ->
            rate(
                setup(
                        IMAGE,
                        "optimizer.learning_rate=1",
                        "optimizer.decay_steps=8",
                        "optimizer.schedule=" + name)
                    .optimizers()
                    .generator()
                    .rate()));
  }

  @Test
  void devicePrecision() {
    assertPins(
        PrecisionKind.values(),
        Map.of(
            "auto", Dcgan.class, // until a run has chosen
            "float32", Dcgan.class,
            "tf32", Dcgan.class,
            "mixed_bfloat16", ComputedPair.class),
        name -> task(IMAGE, "device.precision=" + name).architecture().getClass());
  }

  /** Small images: oneDNN would be slower. */
  @Test
  void deviceOnednn() {
    assertPins(
        OneDnnSwitch.values(),
        Map.of("auto", false, "on", true, "off", false),
        name ->
            new Hardware(recipe("data.side=8", "net.width=4", "device.onednn=" + name))
                .isByOneDnn());
  }

  /** What these build is tested where it is built: residence, compilation and scores. */
  @Test
  void theOthersHaveTheirNames() {
    assertNames(Residence.values(), "auto", "device", "stream");
    assertNames(XlaSwitch.values(), "off", "auto", "on");
    assertNames(ScoreKind.values(), "fid", "kid");
  }

  private static double rate(LearningRate rate) {
    try (ScratchGraph graph = new ScratchGraph()) {
      float found = graph.floats(rate.at(graph.tf(), graph.tf().constant(6L)))[0];
      return Math.round(found * 1e6) / 1e6;
    }
  }
}
