package org.sparring.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.sparring.errors.GraphException;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/** All variables of one graph, each created once and labelled with its owner. */
public final class Variables {
  private final Ops tf;
  private final Seeds seeds;
  private final String prefix;
  private final List<Variable<?>> created;
  private final Map<Variable<?>, Op> initializations;
  private final Set<String> names;
  private final boolean packing;
  private final Map<String, Pack> packs;

  /**
   * @param tf ops of the graph in which variables are created
   * @param seeds of the run, used for initial values
   */
  public Variables(Ops tf, Seeds seeds) {
    this(tf, seeds, false);
  }

  /**
   * @param packing whether the trainable variables of an owner, and what is made beside them, are
   *     each stored in one {@link Pack}
   */
  public Variables(Ops tf, Seeds seeds, boolean packing) {
    this.tf = tf;
    this.seeds = seeds;
    this.packing = packing;
    prefix = "";
    created = new ArrayList<>();
    initializations = new LinkedHashMap<>();
    names = new HashSet<>();
    packs = new LinkedHashMap<>();
  }

  private Variables(Variables all, String prefix) {
    tf = all.tf;
    seeds = all.seeds;
    this.prefix = prefix;
    created = all.created;
    initializations = all.initializations;
    names = all.names;
    packing = all.packing;
    packs = all.packs;
  }

  /**
   * Returns a view of these variables that creates new variables with names below {@code name}. It
   * is meant for a player with several networks whose layers have equal names.
   */
  public Variables named(String name) {
    return new Variables(this, prefix + name + "/");
  }

  /** Creates a trainable variable, such as a kernel. */
  public Variable<TFloat32> weight(
      Owner owner, String name, Shape shape, Fans fans, Initializer initializer) {
    return floats(owner, name, shape, fans, initializer, true);
  }

  /** Creates a trainable vector with one initial value, such as a bias or a scale. */
  public Variable<TFloat32> weight(Owner owner, String name, long size, float start) {
    return floats(
        owner, name, Shape.of(size), new Fans(1, size), Initializer.constant(start), true);
  }

  /** Creates a variable that is not trained: running statistics, slots, averages. */
  public Variable<TFloat32> state(Owner owner, String name, Shape shape, float start) {
    return floats(owner, name, shape, new Fans(1, 1), Initializer.constant(start), false);
  }

  /** Creates a variable that is not trained, initialised with a copy of another variable. */
  public Variable<TFloat32> copy(Owner owner, String name, Variable<TFloat32> original) {
    if (original.isPacked()) {
      return beside(owner, name, original, original.place().orElseThrow().first());
    }
    Variable<TFloat32> copy = declare(owner, name, original.shape(), TFloat32.class, false);
    Ops afterOriginal = tf.withControlDependencies(List.of(initializations.get(original)));
    initializations.put(copy, copy.assign(tf, original.read(afterOriginal)));
    return copy;
  }

  /**
   * Creates a variable that is not trained, in the shape of another variable and with zeros at
   * first, such as an optimizer's slot.
   */
  public Variable<TFloat32> zeros(Owner owner, String name, Variable<TFloat32> original) {
    return original.isPacked()
        ? beside(owner, name, original, tf.fill(tf.constant(original.shape()), tf.constant(0f)))
        : state(owner, name, original.shape(), 0);
  }

  /** Creates a variable in a pack with the same places as those of the original's pack. */
  private Variable<TFloat32> beside(
      Owner owner, String name, Variable<TFloat32> original, Operand<TFloat32> value) {
    Pack pack = pack(name.replace(original.name(), original.whole().name()));
    Pack.Place place = pack.same(original.place().orElseThrow(), value);
    return packed(owner, full(owner, name), original.shape(), false, place);
  }

  private Variable<TFloat32> packed(
      Owner owner, String full, Shape shape, boolean trainable, Pack.Place place) {
    Variable<TFloat32> variable =
        new Variable<>(
            owner,
            full,
            shape,
            TFloat32.class,
            trainable,
            place.pack().handle(),
            Optional.of(place));
    created.add(variable);
    return variable;
  }

  private Pack pack(String name) {
    return packs.computeIfAbsent(name, n -> new Pack(tf, n));
  }

  /** Creates an int64 counter that starts at 0. */
  public Variable<TInt64> counter(Owner owner, String name) {
    return counter(tf, owner, name);
  }

  /**
   * Creates an int64 counter in host memory, for seeds and positions, which are computed on the
   * host.
   */
  public Variable<TInt64> hostCounter(Owner owner, String name) {
    return counter(Host.of(tf), owner, name);
  }

  private Variable<TInt64> counter(Ops on, Owner owner, String name) {
    Variable<TInt64> counter = declare(on, owner, name, Shape.scalar(), TInt64.class, false);
    initializations.put(counter, counter.assign(on, on.constant(0L)));
    return counter;
  }

  /** Returns the variables of an owner, in the order in which they were created. */
  public List<Variable<?>> of(Owner owner) {
    return where(v -> v.owner() == owner);
  }

  /** Returns the trainable variables of an owner. */
  @SuppressWarnings("unchecked") // weight() creates float32 variables only
  public List<Variable<TFloat32>> trainable(Owner owner) {
    return (List<Variable<TFloat32>>) (List<?>) where(v -> v.owner() == owner && v.trainable());
  }

  /** Returns every variable, in the order in which they were created. */
  public List<Variable<?>> all() {
    return List.copyOf(created);
  }

  /** Returns an op that assigns every variable its initial value. */
  public Op initialization() {
    List<Op> all = new ArrayList<>(initializations.values());
    packs.values().forEach(pack -> all.add(pack.initialization(tf)));
    return tf.withControlDependencies(all).noOp();
  }

  private Variable<TFloat32> floats(
      Owner owner, String name, Shape shape, Fans fans, Initializer first, boolean trainable) {
    if (packing && trainable && Pack.fits(shape)) {
      String full = full(owner, name);
      Operand<TFloat32> values = first.values(tf, shape, fans, seeds.once(tf, full));
      return packed(owner, full, shape, true, pack("packed/" + owner.prefix()).next(shape, values));
    }
    Variable<TFloat32> variable = declare(owner, name, shape, TFloat32.class, trainable);
    Operand<TFloat32> values = first.values(tf, shape, fans, seeds.once(tf, variable.name()));
    initializations.put(variable, variable.assign(tf, values));
    return variable;
  }

  private <T extends TType> Variable<T> declare(
      Owner owner, String name, Shape shape, Class<T> type, boolean trainable) {
    return declare(tf, owner, name, shape, type, trainable);
  }

  private <T extends TType> Variable<T> declare(
      Ops on, Owner owner, String name, Shape shape, Class<T> type, boolean trainable) {
    String full = full(owner, name);
    // a name passed to withName must not contain a slash
    VarHandleOp handle =
        on.withName(full.replace('/', '.')).varHandleOp(type, shape, VarHandleOp.sharedName(full));
    Variable<T> variable = new Variable<>(owner, full, shape, type, trainable, handle);
    created.add(variable);
    return variable;
  }

  /** Returns a variable's name in the graph, once. */
  private String full(Owner owner, String name) {
    String full = owner.prefix() + "/" + prefix + name;
    if (!names.add(full)) {
      throw new GraphException("variable " + full + " exists already; names must be unique");
    }
    return full;
  }

  private List<Variable<?>> where(Predicate<Variable<?>> condition) {
    return created.stream().filter(condition).toList();
  }
}
