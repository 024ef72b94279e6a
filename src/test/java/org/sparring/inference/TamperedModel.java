package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.commons.io.FileUtils;
import org.sparring.errors.ModelException;
import org.sparring.exports.Checksums;
import org.sparring.natives.SessionOptions;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/** A copy of an exported model, to be changed and loaded. */
final class TamperedModel {
  final Path folder;
  final Path graph;

  /** Copies the SavedModel {@code original} into {@code parent}. */
  TamperedModel(Path original, Path parent) throws IOException {
    folder = parent.resolve("saved_model");
    graph = folder.resolve("saved_model.pb");
    FileUtils.copyDirectory(original.toFile(), folder.toFile());
  }

  /** Exports a model without classes below {@code parent} and returns its SavedModel. */
  static Path export(Path parent) {
    TinyModels.plain(parent).close();
    return parent.resolve("saved_model");
  }

  /** Changes the graph and deletes the checksums, as an attacker would write new ones. */
  void change(Consumer<MetaGraphDef.Builder> how) throws IOException {
    SavedModel.Builder changed = SavedModel.parseFrom(Files.readAllBytes(graph)).toBuilder();
    how.accept(changed.getMetaGraphsBuilder(0));
    Files.write(graph, changed.build().toByteArray());
    Files.delete(folder.resolve(Checksums.FILE));
  }

  /** The message of the exception that loading the model throws. */
  String refusal() {
    return refusal(OpPolicy.KNOWN);
  }

  String refusal(OpPolicy policy) {
    return assertThrows(
            ModelException.class,
            () -> GeneratorModel.load(folder, SessionOptions.CPU, policy).close())
        .getMessage();
  }
}
