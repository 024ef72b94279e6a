package org.sparring.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.sparring.errors.TrainingException;
import org.sparring.losses.NonSaturating;
import org.sparring.translators.PatchDiscriminator.Norm;
import org.sparring.translators.SrResNet;
import org.sparring.translators.Translator;
import org.sparring.translators.UNet;

/** Numbers that a task refuses. */
class RefusedTasksTest {
  private static final Adversary ADVERSARY = adversary(1);
  private static final Translator SAME_SIZE = new UNet(1, 2, 2, 0);

  @Test
  void aNegativePool() {
    refused("a pool must hold 0 images or more, found -1", () -> TinyTasks.unpaired(-1));
  }

  @Test
  void negativeWeights() {
    refused(
        "the weight of the adversarial loss must be 0 or more, found -1.0", () -> adversary(-1));
    refused(
        "the weights of cycle and identity must be 0 or more, found 1.0 and -2.0",
        () -> new UnpairedTask.Terms(1, -2));
    refused(
        "the weight of the pixel loss must be 0 or more, found -3.0",
        () -> paired(List.of(Direction.A_TO_B), -3));
    refused(
        "the weight of the pixel loss must be 0 or more, found -4.0",
        () -> restored(new SrResNet(1, 2, 1, 2), -4, 0));
  }

  @Test
  void noDirectionAndNoEnlargement() {
    refused("expected a direction, found none", () -> paired(List.of(), 1));
    refused(
        "super resolution needs a network that enlarges images", () -> restored(SAME_SIZE, 1, 0));
    refused(
        "pretraining must last 0 steps or more, found -5",
        () -> restored(new SrResNet(1, 2, 1, 2), 1, -5));
  }

  private static Adversary adversary(float weight) {
    return new Adversary(2, 1, Norm.NONE, new NonSaturating(), weight);
  }

  private static PairedTask paired(List<Direction> directions, float pixel) {
    return new PairedTask(SAME_SIZE, 1, directions, ADVERSARY, pixel, UnaryOperator.identity());
  }

  private static RestoreTask restored(Translator translator, float pixel, long pretraining) {
    return new RestoreTask(
        translator, 1, ADVERSARY, pixel, Optional.empty(), pretraining, UnaryOperator.identity());
  }

  private static void refused(String message, Executable made) {
    assertEquals(message, assertThrows(TrainingException.class, made).getMessage());
  }
}
