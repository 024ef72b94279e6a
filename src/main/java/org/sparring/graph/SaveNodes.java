package org.sparring.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.train.Restore;
import org.tensorflow.op.train.Save;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * The nodes by which a session saves and restores resource variables.
 *
 * <p>{@code Graph.saverDef()} would create such nodes for reference variables only, but uses nodes
 * with these three names if they exist: {@code save/filename}, {@code save/control_dependency} and
 * {@code save/restore_all}. With them {@code Session.save}, {@code Session.restore} and {@code
 * SavedModelBundle} work on resource variables.
 */
public final class SaveNodes {
  private SaveNodes() {}

  /** Adds the three nodes for {@code variables}. Call it once per graph, after all other ops. */
  public static void add(Ops tf, List<Variable<?>> variables) {
    Ops save = tf.withSubScope("save");
    Operand<TString> file =
        save.withName("filename").placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    Operand<TString> names =
        save.array(variables.stream().map(Variable::name).toArray(String[]::new));
    // no partitioned variables: every slice is the whole
    Operand<TString> slices = save.array(blanks(variables.size()));
    addSave(save, file, names, slices, variables);
    addRestore(save, file, names, slices, variables);
  }

  private static void addSave(
      Ops save,
      Operand<TString> file,
      Operand<TString> names,
      Operand<TString> slices,
      List<Variable<?>> variables) {
    List<Operand<?>> values = new ArrayList<>();
    variables.forEach(v -> values.add(v.read(save)));
    Save written = save.train.save(file, names, slices, values);
    save.withControlDependencies(List.of(written)).withName("control_dependency").identity(file);
  }

  private static void addRestore(
      Ops save,
      Operand<TString> file,
      Operand<TString> names,
      Operand<TString> slices,
      List<Variable<?>> variables) {
    List<Class<? extends TType>> types = new ArrayList<>();
    variables.forEach(v -> types.add(v.type()));
    Restore restored = save.train.restore(file, names, slices, types);
    List<Op> assignments = new ArrayList<>();
    Map<Pack, Map<Integer, Operand<TFloat32>>> packs = new LinkedHashMap<>();
    for (int i = 0; i < variables.size(); i++) {
      Variable<?> variable = variables.get(i);
      Operand<?> value = restored.tensors().get(i);
      if (variable.isPacked()) {
        Pack.Place place = variable.place().orElseThrow();
        packs
            .computeIfAbsent(place.pack(), pack -> new TreeMap<>())
            .put(place.row(), shaped(save, variable, value));
      } else {
        assignments.add(assign(save, variable, value));
      }
    }
    packs.forEach((pack, values) -> assignments.add(pack.assign(save, values.values())));
    save.withControlDependencies(assignments).withName("restore_all").noOp();
  }

  /** Refuses a value of another shape when it is read. */
  private static Operand<TFloat32> shaped(Ops save, Variable<?> variable, Operand<?> value) {
    return save.ensureShape(value.asOutput().expect(TFloat32.class), variable.shape());
  }

  private static <T extends TType> Op assign(Ops save, Variable<T> variable, Operand<?> value) {
    return variable.assign(save, value.asOutput().expect(variable.type()));
  }

  private static String[] blanks(int count) {
    String[] blanks = new String[count];
    Arrays.fill(blanks, "");
    return blanks;
  }
}
