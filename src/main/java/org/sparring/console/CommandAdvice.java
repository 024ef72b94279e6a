package org.sparring.console;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sparring.errors.Advice;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.SparringException;

/** Translates the message of an exception into terms of the command line: options and commands. */
public final class CommandAdvice {
  /** Options whose names differ from the names of the arguments. */
  private static final Map<String, String> OPTIONS = Map.of("count", "--n");

  private CommandAdvice() {}

  /** Returns the message with options instead of arguments and commands instead of advice. */
  static String message(SparringException failure) {
    String message = failure.message(CommandAdvice::of);
    return failure instanceof ArgumentException wrong
        ? option(wrong.argument()) + message.substring(wrong.argument().length())
        : message;
  }

  /** Returns the option of an argument: {@code --stop-on} for {@code stopOn}. */
  private static String option(String argument) {
    String words = argument.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    return OPTIONS.getOrDefault(argument, "--" + words);
  }

  /** Returns one sentence with the command or option for the advice. */
  public static String of(Advice advice) {
    List<String> with = advice.arguments();
    return switch (advice.action()) {
      case FETCH_DATA -> "Fetch it: ./sparring data fetch " + with.get(0) + " --to " + with.get(1);
      case MAKE_MODEL ->
          "Train one with ./sparring train, or write it from a run with" + " ./sparring export.";
      case TRUST_MODEL ->
          "Where you trust its source, load it with --trust, or a feature network"
              + " with trust=true.";
      case SCORE_POINTS -> "A run draws its points in its samples/; ./sparring modes scores them.";
      case TRAIN_CLASSIFIER -> "Train one: ./sparring classifier --data mnist:DIR --out FOLDER";
      case SAVE_STATISTICS -> "Write one with ./sparring evaluate … --save-statistics.";
      case CONVERT_CHANNELS ->
          "Choose another network, or --convert-channels to repeat grey or turn" + " colours grey.";
      case ALLOW_FEW_SAMPLES ->
          "Take more samples, another metric (kid is unbiased), or" + " --force-small.";
      case RESUME_RUN -> "Add --resume to resume it, or give another --run.";
      case ALLOW_PUBLIC ->
          "Use addresses of a private network, or add --allow-public where a firewall closes the"
              + " ports.";
      case REPLACE_FILES -> "Give another place, or add --overwrite to replace them.";
      case CHECK_GPU -> "./sparring --gpu doctor says what is missing.";
    };
  }
}
