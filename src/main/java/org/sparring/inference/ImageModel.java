package org.sparring.inference;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.sparring.errors.EditDistance;
import org.sparring.errors.ErrorKind;
import org.sparring.errors.ModelException;
import org.sparring.exports.ModelDescription;
import org.sparring.exports.ModelFolder;
import org.sparring.exports.PictureFunction;
import org.sparring.natives.SessionOptions;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Picture;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * A trained model whose functions map pictures to pictures, such as {@code upscale} or {@code
 * a_to_b}: takes a picture of any size and returns a picture. Any number of threads may call it
 * concurrently. A request that cannot be answered is refused before TensorFlow is called, by a
 * {@link ModelException} of kind BAD_REQUEST or CLOSED.
 *
 * <p>A picture larger than a tile is computed in parts that overlap as far as the function looks
 * ({@link PictureFunction#reach}), so that the result is the one of the whole picture, except that
 * rounding can change about one byte in a million by 1. If every pixel can change every other,
 * parts are blended where they overlap, and the result can differ from the one of the whole
 * picture.
 */
public final class ImageModel implements AutoCloseable {
  /** Default side of a tile in input pixels. */
  public static final int TILE = 256;

  /** Smallest side of a tile in input pixels. */
  public static final int LEAST_TILE = 16;

  private final LoadedModel model;
  private final List<PictureFunction> functions;

  private ImageModel(LoadedModel model, List<PictureFunction> functions) {
    this.model = model;
    this.functions = functions;
  }

  /** Loads on the device TensorFlow chooses. */
  public static ImageModel load(Path path) {
    return load(path, SessionOptions.DEFAULT, OpPolicy.KNOWN);
  }

  /**
   * @param path a SavedModel folder, or a run folder that holds one
   * @param policy which ops the model may contain
   * @throws ModelException if there is none, it is damaged or contains other ops, or it has no
   *     function from pictures to pictures
   */
  public static ImageModel load(Path path, SessionOptions options, OpPolicy policy) {
    Path folder = ModelFolder.find(path);
    List<PictureFunction> functions = described(folder);
    LoadedModel model = LoadedModel.load(folder, options, policy);
    try {
      functions.forEach(function -> requireSignature(model, function));
      return new ImageModel(model, functions);
    } catch (ModelException e) {
      model.close();
      throw e;
    }
  }

  private static List<PictureFunction> described(Path folder) {
    List<PictureFunction> functions =
        ModelDescription.read(folder).map(ModelDescription::pictures).orElse(List.of());
    if (functions.isEmpty()) {
      throw ModelException.in(
          folder,
          "a model that maps pictures to pictures",
          "a model of another kind",
          "Give a model of a translation or super-resolution task.");
    }
    return functions;
  }

  private static void requireSignature(LoadedModel model, PictureFunction function) {
    boolean holds = model.has(function.name());
    if (holds) {
      Signature signature = model.signature(function.name());
      holds = signature.getInputs().size() == 1 && signature.getOutputs().size() == 1;
    }
    if (!holds) {
      throw ModelException.in(
          model.folder(),
          "a signature " + function.name() + " of one input and one output",
          "another, or none",
          "The model is damaged: export or copy it again.");
    }
  }

  /** Returns the functions in the order of the model's description. */
  public List<PictureFunction> functions() {
    return functions;
  }

  /**
   * Returns a function by its name.
   *
   * @throws ModelException of kind BAD_REQUEST, naming the nearest
   */
  public PictureFunction function(String name) {
    List<String> names = functions.stream().map(PictureFunction::name).toList();
    return functions.stream()
        .filter(function -> function.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    ErrorKind.BAD_REQUEST,
                    "expected a function of "
                        + String.join(", ", names)
                        + ", found "
                        + name
                        + "\nThe nearest is "
                        + EditDistance.nearest(name, names)
                        + "."));
  }

  /**
   * Returns the picture that a function makes of a picture.
   *
   * @param function one of {@link #functions}
   * @param picture of any size, with the function's input channels
   */
  public Picture apply(PictureFunction function, Picture picture) {
    return apply(function, picture, TILE);
  }

  /**
   * @param tile side in input pixels of the parts in which the picture is computed, {@link
   *     #LEAST_TILE} or more
   */
  public Picture apply(PictureFunction function, Picture picture, int tile) {
    PictureRows rows = rows(function, picture, tile);
    byte[] pixels = new byte[rows.geometry().bytes()];
    int at = 0;
    for (byte[] next = rows.next(); next.length > 0; next = rows.next()) {
      System.arraycopy(next, 0, pixels, at, next.length);
      at += next.length;
    }
    return new Picture(rows.geometry(), pixels);
  }

  /**
   * Returns the pictures that a function makes of pictures of one shape. Pictures no larger than a
   * tile are computed in one call.
   */
  public List<Picture> apply(PictureFunction function, List<Picture> pictures) {
    ModelException.requireRequest(
        pictures.stream().map(Picture::geometry).distinct().count() == 1,
        "expected 1 or more pictures of one shape, found "
            + pictures.stream().map(Picture::geometry).distinct().toList());
    ImageGeometry from = pictures.get(0).geometry();
    List<TileSpan> down = TileSpan.of(from.height(), TILE, function);
    List<TileSpan> across = TileSpan.of(from.width(), TILE, function);
    if (down.size() > 1 || across.size() > 1) {
      return pictures.stream().map(picture -> apply(function, picture)).toList();
    }
    pictures.forEach(picture -> requireFits(function, picture, TILE));
    TileSpan rows = down.get(0);
    TileSpan columns = across.get(0);
    int size = rows.length() * columns.length() * from.channels();
    FloatBuffer values = FloatBuffer.allocate(Math.multiplyExact(size, pictures.size()));
    pictures.forEach(picture -> values.put(PictureRows.window(picture, rows, columns)));
    Shape shape = Shape.of(pictures.size(), rows.length(), columns.length(), from.channels());
    List<Picture> made = new ArrayList<>();
    call(function, values.array(), shape, found -> split(function, pictures, found, made));
    return made;
  }

  private void split(
      PictureFunction function, List<Picture> pictures, FloatBuffer found, List<Picture> made) {
    int each = found.remaining() / pictures.size();
    for (int i = 0; i < pictures.size(); i++) {
      FloatBuffer one = found.slice(i * each, each);
      PictureRows.Call done = (values, height, width, reader) -> reader.accept(one);
      PictureRows rows = new PictureRows(pictures.get(i), function, TILE, done);
      made.add(new Picture(rows.geometry(), rows.next()));
    }
  }

  /**
   * Returns the picture that a function makes, to be computed a few rows at a time. The memory
   * needed grows with the tile and with the width of the picture, not with its height.
   */
  public PictureRows rows(PictureFunction function, Picture picture, int tile) {
    requireFits(function, picture, tile);
    return new PictureRows(
        picture,
        function,
        tile,
        (values, height, width, reader) ->
            call(
                function,
                values,
                Shape.of(1, height, width, picture.geometry().channels()),
                reader));
  }

  private void requireFits(PictureFunction function, Picture picture, int tile) {
    model.requireOpen();
    ModelException.requireRequest(
        functions.contains(function), "expected a function of this model, found " + function);
    ModelException.requireRequest(
        tile >= LEAST_TILE, "tile: expected " + LEAST_TILE + " or more, found " + tile);
    int channels = picture.geometry().channels();
    ModelException.requireRequest(
        channels == function.inputChannels(),
        function.name()
            + ": expected a picture of "
            + function.inputChannels()
            + " channels, found "
            + channels);
  }

  private void call(
      PictureFunction function, float[] values, Shape shape, Consumer<FloatBuffer> reader) {
    int scale = function.scale();
    Shape expected =
        Shape.of(
            shape.get(0), shape.get(1) * scale, shape.get(2) * scale, function.outputChannels());
    Signature signature = model.signature(function.name());
    String input = signature.getInputs().keySet().iterator().next();
    String output = signature.getOutputs().keySet().iterator().next();
    try (TFloat32 pictures = TFloat32.tensorOf(shape, DataBuffers.of(values, true, false))) {
      model.call(
          function.name(),
          output,
          Map.of(input, pictures),
          tensor -> read(tensor, expected, reader));
    }
  }

  private Void read(Tensor tensor, Shape expected, Consumer<FloatBuffer> reader) {
    ModelException.require(
        tensor instanceof TFloat32 && tensor.shape().equals(expected),
        model.folder() + ": expected a result of " + expected + ", found " + tensor.shape());
    reader.accept(NativeValues.of(tensor));
    return null;
  }

  /** Frees the model's memory, after the calls under way; later calls are refused. */
  @Override
  public void close() {
    model.close();
  }
}
