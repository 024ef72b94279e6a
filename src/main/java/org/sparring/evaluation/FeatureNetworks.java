package org.sparring.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.EditDistance;
import org.sparring.errors.EvaluationException;
import org.sparring.errors.ModelException;
import org.sparring.inference.OpPolicy;
import org.sparring.natives.NativeLibraries;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.ConvClassifier;

/**
 * Opens a feature network from one line of text:
 *
 * <pre>
 * digits  fashion  inception:FILE
 * graph:FILE_OR_DIR#input=NAME,output=NAME[,probabilities=NAME][,range=-1:1|0:1|0:255]
 *                  [,side=N][,channels=N][,trust=true]
 * </pre>
 *
 * <p>{@code graph} takes 3 channels in −1:1 by default; without a side the images are not resized.
 * A graph with ops that may do more than compute is refused unless {@code trust=true}.
 */
public final class FeatureNetworks {
  private static final String FEATURES = "features";
  private static final String DIGITS = "digits";
  private static final String FASHION = "fashion";
  private static final String INCEPTION = "inception";
  private static final String GRAPH = "graph";
  private static final List<String> KINDS = List.of(DIGITS, FASHION, INCEPTION, GRAPH);
  private static final List<String> KEYS =
      List.of("input", "output", "probabilities", "range", "side", "channels", "trust");
  private static final String EXAMPLE = "graph:net.pb#input=images,output=pool,side=64";

  private FeatureNetworks() {}

  /** Opens a network on the device that TensorFlow chooses. */
  public static FeatureNetwork open(String spec) {
    return open(spec, SessionOptions.DEFAULT);
  }

  /**
   * Opens a network.
   *
   * @throws ArgumentException if the text is not valid
   * @throws ModelException if the network is missing or damaged, or lacks the named nodes
   */
  public static FeatureNetwork open(String spec, SessionOptions options) {
    check(spec);
    NativeLibraries.load(options);
    String kind = kind(spec);
    String rest = spec.substring(Math.min(spec.length(), kind.length() + 1));
    return switch (kind) {
      case DIGITS -> classifier(DIGITS, Classifier.shipped(), options);
      case FASHION -> classifier(FASHION, Classifier.shippedClothes(), options);
      case INCEPTION -> InceptionGraph.open(spec, existing(spec, rest), options);
      default -> named(spec, rest).open(spec, options);
    };
  }

  /**
   * Checks a text without loading TensorFlow and without reading a file.
   *
   * @throws ArgumentException if the text is not valid
   */
  public static void check(String spec) {
    String kind = kind(spec);
    ArgumentException.require(
        KINDS.contains(kind),
        FEATURES,
        "expected "
            + String.join(", ", KINDS)
            + ", found "
            + spec
            + "\nDid you mean "
            + EditDistance.nearest(kind, KINDS)
            + "?");
  }

  /**
   * Opens a network to copy it into the graph of a training.
   *
   * @param spec {@code digits}, {@code fashion} or {@code graph:…} without {@code trust=true}
   * @param key that it is the value of, for messages
   * @throws ArgumentException if the text is not valid
   * @throws ModelException if the network is missing or damaged, or lacks the named nodes
   */
  public static FrozenNetwork frozen(String spec, String key) {
    String kind = kind(spec);
    ArgumentException.require(
        kind.equals(DIGITS) || kind.equals(FASHION) || kind.equals(GRAPH),
        key,
        "expected digits, fashion or graph:…, found " + spec);
    NativeLibraries.load();
    return switch (kind) {
      case DIGITS -> shipped(DIGITS, Classifier.shipped()).frozen(spec);
      case FASHION -> shipped(FASHION, Classifier.shippedClothes()).frozen(spec);
      default ->
          named(spec, spec.substring(Math.min(spec.length(), kind.length() + 1))).frozen(spec);
    };
  }

  private static String kind(String spec) {
    int colon = spec.indexOf(':');
    return colon < 0 ? spec : spec.substring(0, colon);
  }

  /** Opens a classifier of {@link ClassifierTraining}, with 128 features and ten classes. */
  public static FeatureNetwork classifier(String name, Path folder, SessionOptions options) {
    return shipped(name, folder).open(name, options);
  }

  private static NamedGraph shipped(String name, Path folder) {
    InputFormat format = new InputFormat(OptionalInt.of(ConvClassifier.SIDE), 1, PixelRange.SIGNED);
    return new NamedGraph(
        existing(name, folder.toString()),
        ClassifierExport.IMAGES,
        ClassifierExport.FEATURES,
        Optional.of(ClassifierExport.PROBABILITIES),
        format,
        OpPolicy.KNOWN);
  }

  private static NamedGraph named(String spec, String rest) {
    int mark = rest.lastIndexOf('#');
    ArgumentException.require(
        mark > 0, FEATURES, spec, "expected the names of its nodes, as in " + EXAMPLE);
    Path place = existing(spec, rest.substring(0, mark));
    Map<String, String> settings = parsed(spec, rest.substring(mark + 1));
    InputFormat format =
        new InputFormat(
            settings.containsKey("side")
                ? OptionalInt.of(number(settings, "side"))
                : OptionalInt.empty(),
            settings.containsKey("channels") ? number(settings, "channels") : 3,
            PixelRange.of(settings.getOrDefault("range", PixelRange.SIGNED.toString())));
    return new NamedGraph(
        place,
        named(spec, settings, "input"),
        named(spec, settings, "output"),
        Optional.ofNullable(settings.get("probabilities")),
        format,
        policy(spec, settings));
  }

  private static OpPolicy policy(String spec, Map<String, String> settings) {
    String trust = settings.getOrDefault("trust", "false");
    ArgumentException.require(
        trust.equals("true") || trust.equals("false"),
        FEATURES,
        spec,
        "expected trust=true or trust=false, found trust=" + trust);
    return trust.equals("true") ? OpPolicy.ANY : OpPolicy.KNOWN;
  }

  private static Map<String, String> parsed(String spec, String text) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String pair : text.split(",", -1)) {
      int equal = pair.indexOf('=');
      String key = equal < 0 ? pair : pair.substring(0, equal);
      ArgumentException.require(
          equal > 0 && KEYS.contains(key),
          FEATURES,
          spec,
          "expected "
              + String.join("=, ", KEYS)
              + "=, found "
              + pair
              + "\nWrite for example "
              + EXAMPLE
              + ".");
      settings.put(key, pair.substring(equal + 1));
    }
    return settings;
  }

  private static String named(String spec, Map<String, String> settings, String key) {
    ArgumentException.require(
        settings.containsKey(key) && !settings.get(key).isBlank(),
        FEATURES,
        spec,
        "expected " + key + "=NAME, as in " + EXAMPLE);
    return settings.get(key);
  }

  private static int number(Map<String, String> settings, String key) {
    EvaluationException.require(
        settings.get(key).matches("\\d{1,5}"),
        key + ": expected a number, found " + settings.get(key));
    return Integer.parseInt(settings.get(key));
  }

  private static Path existing(String spec, String place) {
    ArgumentException.require(
        !place.isBlank(), FEATURES, spec, "expected a file after the colon, found none");
    Path path = Path.of(place);
    if (!Files.exists(path)) {
      throw new ModelException(
          "feature network " + spec + ": expected a file, found nothing at " + path);
    }
    return path;
  }
}
