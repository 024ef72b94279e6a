package org.sparring.errors;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * Something that another part of Sparring can do about a failure. {@link #words} says it in terms
 * of the library; the command line shows the command instead.
 *
 * @param action what to do
 * @param arguments what it is done with, in the order in which the action names them
 */
public record Advice(Action action, List<String> arguments) implements Serializable {

  /** What to do. */
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
    CHECK_GPU("The checks of the machine (doctor) say what is missing.");

    private final String words;

    Action(String words) {
      this.words = words;
    }
  }

  public Advice {
    arguments = List.copyOf(arguments);
  }

  /** Advice whose action takes no arguments. */
  public static Advice to(Action action) {
    return new Advice(action, List.of());
  }

  /**
   * @param dataSet for example {@code mnist}
   * @param folder that the files are fetched into
   */
  public static Advice fetchData(String dataSet, Object folder) {
    return new Advice(Action.FETCH_DATA, List.of(dataSet, folder.toString()));
  }

  /** One sentence in terms of the library. */
  public String words() {
    return String.format(Locale.ROOT, action.words, arguments.toArray());
  }
}
