package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.console.ExitCode;

/** Losses, penalties, rules, alarms and tasks that there are not, and numbers they cannot have. */
class AdversarialMistakesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train --set loss.kind=hing  | did you mean 'hinge'?",
        "train --set penalty.kind=r3 | did you mean 'r1'?",
        "train --set game.rule=extragradient     | did you mean 'extra-gradient'?",
        "train --set net.discriminator_norm=bach | did you mean 'batch'?",
        "train --set penalty.weight=-1           | penalty.weight: expected 0 or more, found -1.0",
        "train --set penalty.weigth=1            | did you mean 'penalty.weight'?",
        "train --set game.discriminator_steps=0  | game.discriminator_steps: expected at least 1",
        "train --set net.packing=0   | net.packing: expected at least 1, found 0",
        "train --set net.packing=5   | net.packing: expected a divisor of batch 64, found 5",
        "train --set game.lookahead_steps=1      | game.lookahead_steps: expected at least 2",
        "train --set loss.kind=wasserstein       | expected a bound on the critic's slope",
        "train --data ring           | net.kind dcgan: expected images, found points",
        "train --stop-on collaps     | did you mean 'mode-collapse'?",
        "train --stop-on mode-collapse,overfiting | did you mean 'overfitting'?",
        "support                     | Missing required parameter: 'MODEL'",
        "support R --trials 0        | --trials: expected at least 1, found 0",
        "support R --largest 1       | --largest: expected at least 2, found 1",
        "modes                       | Missing required parameter: 'TASK'",
        "modes rign                  | did you mean 'ring'?",
        "modes ring --recipe dcgan-glyphs | expected a recipe with data.source ring, found glyphs",
        "modes ring --runs 0         | --runs: expected at least 1, found 0",
        "modes ring --recipe dcgan-glyphs --set data.source=ring --jobs 0 | --jobs: expected",
        "modes ring --recipe dcgan-glyphs --data D | --data: expected none with modes ring",
        "modes stacked-mnist --recipe dcgan-glyps | did you mean 'dcgan-glyphs'?"
      })
  void aWrongCommandLineIsRefusedWithAValidOne(String line, String part) {
    String message = Console.run(line.split(" +", -1)).refusal(ExitCode.USAGE);
    assertTrue(message.contains(part), message);
  }
}
