package org.sparring.inference;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.sparring.exports.ModelDescription;
import org.sparring.nets.FoldedKernels;

/** The factors by which the kernels of an exported model differ from the kernels as trained. */
public final class KernelGains {
  private KernelGains() {}

  /**
   * Returns the name of the variable that holds the gain of each folded kernel, by the kernel's
   * name. A folded kernel divided by its gain is the kernel as it was trained.
   *
   * @param folder of a SavedModel
   */
  public static Map<String, String> of(Path folder) {
    return ModelDescription.read(folder).map(description -> description.folded().stream()).stream()
        .flatMap(names -> names)
        .collect(Collectors.toMap(name -> name, FoldedKernels::gain));
  }
}
