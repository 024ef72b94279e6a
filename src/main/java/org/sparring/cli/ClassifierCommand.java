package org.sparring.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sparring.console.Shell;
import org.sparring.console.StandardOptions;
import org.sparring.data.ClassLabels;
import org.sparring.data.FieldValues;
import org.sparring.data.ImageSource;
import org.sparring.data.Split;
import org.sparring.datasets.FewerImages;
import org.sparring.datasets.ImageSources;
import org.sparring.datasets.JoinedImages;
import org.sparring.evaluation.Classifier;
import org.sparring.evaluation.ClassifierTraining;
import org.sparring.evaluation.ClassifierTraining.Augmentation;
import org.sparring.evaluation.ClassifierTraining.Epoch;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.ConvClassifier;
import org.sparring.storage.AtomicFolders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Trains a classifier of ten classes, whose features and predictions are used to score generated
 * images.
 */
@Command(
    name = "classifier",
    description = "Train a classifier of ten classes, which scores generated images.")
public final class ClassifierCommand implements Callable<Integer> {
  @Mixin private StandardOptions standard;

  @Option(
      names = "--data",
      paramLabel = "SOURCE",
      required = true,
      description = "mnist:DIR, fashion-mnist:DIR, or another source of labelled 28x28 images")
  private String data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "the SavedModel folder; replaced if it exists")
  private Path out;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "train on N images only, spread over the data set (default: all)")
  private Integer limit;

  @Option(
      names = "--also",
      paramLabel = "SOURCE",
      description =
          "additional labelled images to train on, such as folder:DIR written by synthesize")
  private String also;

  @Option(
      names = "--augmentation",
      paramLabel = "KIND",
      description = "digits or clothes (default: clothes for fashion-mnist, else digits)")
  private Augmentation augmentation;

  @Option(names = "--epochs", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
  private int epochs = ClassifierTraining.DEFAULT_EPOCHS;

  @Option(names = "--seed", paramLabel = "S", description = "default: ${DEFAULT-VALUE}")
  private long seed = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "number of threads; 0 lets TensorFlow choose; the last bits of the weights depend on it"
              + " (default: 1)")
  private int threads = 1;

  @Option(names = "--json", description = "print one line of JSON on standard output at the end")
  private boolean json;

  public static void main(String[] arguments) {
    Shell.exit(new ClassifierCommand(), arguments);
  }

  @Override
  public Integer call() throws JsonProcessingException {
    standard.requireAtLeast("--epochs", epochs, 1);
    standard.requireAtLeast("--threads", threads, 0);
    standard.requireAtLeast("--limit", limit == null ? 1 : limit, 1);
    AtomicFolders.requireReplaceable(out, "saved_model.pb");
    ImageSource train = training();
    ImageSource test = open(data, Split.TEST);
    long start = System.nanoTime();
    SessionOptions options = new SessionOptions(threads, threads, "cpu", true);
    try (ClassifierTraining training =
        new ClassifierTraining(train, augmentation(), epochs, seed, options)) {
      training.train(this::print);
      AtomicFolders.replace(out, training::export);
    }
    double accuracy = accuracy(test, options);
    print(accuracy, test.size(), (System.nanoTime() - start) / 1e9);
    return 0;
  }

  private Augmentation augmentation() {
    if (augmentation != null) {
      return augmentation;
    }
    return data.startsWith("fashion-mnist:") ? Augmentation.CLOTHES : Augmentation.DIGITS;
  }

  private ImageSource training() {
    ImageSource all = open(data, Split.TRAIN);
    ImageSource some = limit == null ? all : new FewerImages(all, limit);
    return also == null ? some : new JoinedImages(List.of(some, open(also, Split.TRAIN)));
  }

  private ImageSource open(String source, Split split) {
    return ImageSources.open(source, ConvClassifier.SIDE, 1, seed, split);
  }

  /** Returns the accuracy of the written model, not of the network in memory. */
  private double accuracy(ImageSource test, SessionOptions options) {
    float[] images = FieldValues.ofSamples(test).spread(test.size());
    int[] labels = ClassLabels.of(test).map(ClassLabels::values).orElseThrow();
    try (Classifier classifier = Classifier.load(out, options)) {
      return classifier.accuracy(images, labels);
    }
  }

  private void print(Epoch epoch) {
    String line = "epoch %d/%d  loss %.4f  right %.2f %%  %.0f s";
    standard
        .err()
        .println(
            String.format(
                Locale.ROOT,
                line,
                epoch.number(),
                epochs,
                epoch.loss(),
                100 * epoch.accuracy(),
                epoch.seconds()));
    standard.err().flush();
  }

  private void print(double accuracy, int images, double seconds) throws JsonProcessingException {
    if (json) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("test_accuracy", accuracy);
      facts.put("test_images", images);
      facts.put("augmentation", augmentation().toString());
      facts.put("epochs", epochs);
      facts.put("seed", seed);
      facts.put("seconds", seconds);
      facts.put("out", out.toString());
      standard.out().println(new ObjectMapper().writeValueAsString(facts));
    } else {
      String line = "wrote %s: %.2f %% of %d test images right, %.0f s";
      standard
          .out()
          .println(String.format(Locale.ROOT, line, out, 100 * accuracy, images, seconds));
    }
  }
}
