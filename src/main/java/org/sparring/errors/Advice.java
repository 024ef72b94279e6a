package org.sparring.errors;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * A remedy for a failure that another part of Sparring offers. {@link #words} describes it in terms
 * of the library; the command line shows a command instead.
 *
 * @param action the remedy
 * @param arguments the values for the placeholders of the action's sentence, in order
 */
public record Advice(Action action, List<String> arguments) implements Serializable {

  /** The possible remedies. */
  public enum Action {
    /** Arguments: the data set and the folder. */
    FETCH_DATA("Fetch the data set %s into %s."),
    MAKE_MODEL("Train a model, or export one from a run."),
    TRUST_MODEL("Where you trust its source, allow any op when you load it."),
    SCORE_POINTS("A run draws its points in its samples/; the benchmark of modes scores them."),
    TRAIN_CLASSIFIER("Train a classifier and save it there."),
    SAVE_STATISTICS("Save the statistics of an evaluation."),
    CONVERT_CHANNELS(
        "Choose another network, or convert the channels: repeat grey or turn colours grey."),
    ALLOW_FEW_SAMPLES("Take more samples, another metric (kid is unbiased), or allow few samples."),
    RESUME_RUN("Resume it, or choose another run folder."),
    ALLOW_PUBLIC(
        "Use addresses of a private network, or allow public ones where a firewall closes the ports."),
    REPLACE_FILES("Give another place, or allow files to be replaced."),
    CHECK_GPU("The checks of the machine (doctor) say what is missing.");

    private final String words;

    Action(String words) {
      this.words = words;
    }
  }

  public Advice {
    arguments = List.copyOf(arguments);
  }

  /** Returns advice whose action takes no arguments. */
  public static Advice to(Action action) {
    return new Advice(action, List.of());
  }

  /**
   * Returns the advice to fetch a data set.
   *
   * @param dataSet for example {@code mnist}
   * @param folder target folder of the files
   */
  public static Advice fetchData(String dataSet, Object folder) {
    return new Advice(Action.FETCH_DATA, List.of(dataSet, folder.toString()));
  }

  /** Returns the remedy as one sentence in terms of the library. */
  public String words() {
    return String.format(Locale.ROOT, action.words, arguments.toArray());
  }
}
