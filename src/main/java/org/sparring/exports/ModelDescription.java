package org.sparring.exports;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparring.errors.ModelException;
import org.tensorflow.TensorFlow;

/**
 * The file {@code sparring.json} in a SavedModel folder: how the model was made. Models of earlier
 * versions do not have it.
 *
 * @param engine version of Sparring that exported the model
 * @param tensorflow version of TensorFlow that exported the model
 * @param weights {@code average} or {@code last}
 * @param precision of the stored weights
 * @param folded names of the kernels with a batch normalisation folded in; empty for a model of an
 *     earlier version
 * @param labelNames names of the classes, indexed by label; empty for an unconditional generator
 * @param data data set on which the model was trained
 * @param recipe every recipe key with its value, in groups; empty if the recipe is not known
 * @param pictures functions that map pictures to pictures; empty for a generator, and then not
 *     written
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true) // later versions may add keys
public record ModelDescription(
    String engine,
    String tensorflow,
    String weights,
    String precision,
    List<String> folded,
    List<String> labelNames,
    ModelOrigin.Data data,
    Map<String, Object> recipe,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PictureFunction> pictures) {
  /** The name of the file. */
  public static final String FILE = "sparring.json";

  /**
   * Maximum size of the file in bytes, far more than a recipe (3 KB) and the names of a million
   * classes need.
   */
  private static final long MOST_BYTES = 1L << 26;

  private static final ObjectMapper JSON = new ObjectMapper();

  public ModelDescription {
    folded = folded == null ? List.of() : List.copyOf(folded);
    labelNames = labelNames == null ? List.of() : List.copyOf(labelNames);
    data = data == null ? ModelOrigin.Data.UNKNOWN : data;
    recipe = recipe == null ? Map.of() : Collections.unmodifiableMap(recipe);
    pictures = pictures == null ? List.of() : List.copyOf(pictures);
  }

  /** Returns the description of a model that this engine exports. */
  public static ModelDescription of(
      String weights,
      String precision,
      List<String> folded,
      List<String> labelNames,
      ModelOrigin origin) {
    return new ModelDescription(
        EngineVersion.current(),
        TensorFlow.version(),
        weights,
        precision,
        folded,
        labelNames,
        origin.data(),
        origin.recipe(),
        List.of());
  }

  /** Returns this description with functions that map pictures to pictures. */
  public ModelDescription with(List<PictureFunction> pictureFunctions) {
    return new ModelDescription(
        engine, tensorflow, weights, precision, folded, labelNames, data, recipe, pictureFunctions);
  }

  /**
   * Reads the description of a model.
   *
   * @param folder of the SavedModel
   * @return empty if the model has no description
   * @throws ModelException if the file is not a valid description
   */
  public static Optional<ModelDescription> read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      long size = Files.size(file);
      ModelException.require(
          size <= MOST_BYTES, file + ": expected at most " + MOST_BYTES + " bytes, found " + size);
      ModelDescription read = JSON.readValue(Files.readAllBytes(file), ModelDescription.class);
      if (read == null) {
        throw new IOException("null");
      }
      return Optional.of(read);
    } catch (IOException e) {
      throw ModelException.in(
          file, "the description of a model", "damaged JSON", "Copy or export the model again.");
    }
  }

  /** Writes the file. */
  public void write(Path folder) throws IOException {
    String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    Files.write(folder.resolve(FILE), (text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
