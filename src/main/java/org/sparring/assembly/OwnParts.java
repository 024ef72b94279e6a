package org.sparring.assembly;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sparring.data.Dataset;
import org.sparring.losses.AdversarialLoss;
import org.sparring.nets.Architecture;
import org.sparring.tasks.Task;

/**
 * Parts of a run that a program supplies instead of the recipe.
 *
 * @param data sources by the names of the task's sources; empty to open what {@code data.source}
 *     names
 * @param networks used instead of the {@code net} keys
 * @param loss used instead of {@code loss.kind}
 * @param task used instead of a generator and a discriminator; the net, loss, penalty, label and
 *     augment keys are then not read
 */
public record OwnParts(
    Map<String, Dataset> data,
    Optional<Architecture> networks,
    Optional<AdversarialLoss> loss,
    Optional<Task> task) {
  /** Everything is as the recipe says. */
  public static final OwnParts NONE =
      new OwnParts(Map.of(), Optional.empty(), Optional.empty(), Optional.empty());

  public OwnParts {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }

  /** Names of the classes of the parts that a checkpoint depends on, by what they replace. */
  public Map<String, String> names() {
    Map<String, String> names = new TreeMap<>();
    networks.ifPresent(n -> names.put("networks", n.getClass().getName()));
    loss.ifPresent(l -> names.put("loss", l.getClass().getName()));
    task.ifPresent(t -> names.put("task", t.getClass().getName()));
    return names;
  }
}
