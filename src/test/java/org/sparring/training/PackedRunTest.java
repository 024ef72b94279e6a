package org.sparring.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.games.Alternating;
import org.sparring.games.GameRule;
import org.sparring.games.Simultaneous;
import org.sparring.graph.Variable;
import org.sparring.tasks.GameSetup;
import org.tensorflow.Result;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Weights that one op updates, as on a GPU, against weights that are updated one by one. */
class PackedRunTest {
  @TempDir private Path folder;

  static List<GameRule> rules() {
    return List.of(new Alternating(1), new Alternating(3), new Simultaneous());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void packedWeightsTrainAsOthers(GameRule rule) {
    try (TinyRun packed = new TinyRun(packed(rule), 1).begin();
        TinyRun plain = new TinyRun(TinyRun.contest(TinyRun.NETS, rule), 1).begin()) {
      assertEquals(plain.fingerprint(), packed.fingerprint());
      packed.train(5);
      plain.train(5);
      List<Variable<TFloat32>> all = plain.graph().state().networks();
      for (int i = 0; i < all.size(); i++) {
        Variable<TFloat32> other = packed.graph().state().networks().get(i);
        assertEquals(all.get(i).name(), other.name());
        assertArrayEquals(value(plain, i), value(packed, i), 1e-6f, other.name());
      }
    }
  }

  @Test
  void aCheckpointOfEitherIsReadByTheOther() {
    GameRule rule = new Alternating(1);
    String prefix = folder.resolve("packed").toString();
    try (TinyRun packed = new TinyRun(packed(rule), 1).begin();
        TinyRun plain = new TinyRun(TinyRun.contest(TinyRun.NETS, rule), 1)) {
      packed.train(3);
      packed.session().save(prefix);
      plain.resume(Path.of(prefix));
      assertEquals(packed.fingerprint(), plain.fingerprint());
      plain.train(5);
      packed.train(5);
      assertArrayEquals(value(plain, 0), value(packed, 0), 1e-6f);
      String other = folder.resolve("plain").toString();
      plain.session().save(other);
      try (TinyRun resumed = new TinyRun(packed(rule), 2).resume(Path.of(other))) {
        assertEquals(plain.fingerprint(), resumed.fingerprint());
      }
    }
  }

  @Test
  void severalStepsPerCallTrainAlike() {
    try (TinyRun one = new TinyRun(packed(new Alternating(1)), 1).begin();
        TinyRun several = new TinyRun(packed(new Alternating(1)), 1).begin()) {
      one.train(6);
      several.train(6, StepsPerCall.of(3));
      assertEquals(one.fingerprint(), several.fingerprint());
    }
  }

  private static GameSetup packed(GameRule rule) {
    GameSetup plain = TinyRun.contest(TinyRun.NETS, rule);
    return new GameSetup(
        plain.task(),
        rule,
        new GameSetup.Optimizers(TinyRun.ADAM, TinyRun.ADAM, 0, true),
        plain.averageDecay(),
        plain.batch());
  }

  private static float[] value(TinyRun run, int index) {
    Variable<TFloat32> variable = run.graph().state().networks().get(index);
    try (Result result =
        run.session().runner().fetch(variable.read(Ops.create(run.graph().graph()))).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] values = new float[Math.toIntExact(tensor.size())];
      tensor.asRawTensor().data().asFloats().read(values);
      return values;
    }
  }
}
