package org.sparring.exports;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sparring.errors.ModelException;
import org.sparring.storage.AtomicFiles;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * A generator as one GraphDef: the ops from the latent vectors to the images, with constants in
 * place of variables. The inputs are the placeholders {@code z} and {@code labels}, the output is
 * the node {@code images}.
 *
 * @param graph the GraphDef
 */
public record FrozenGenerator(GraphDef graph) {
  private static final String Z = "z";
  private static final String IMAGES = "images";

  /**
   * Freezes the variables at their values in a session.
   *
   * @param serving the signature from latent vectors to images
   */
  public static FrozenGenerator of(Session session, Graph graph, Signature serving) {
    String images = serving.getOutputs().get(IMAGES).name;
    ModelException.require(
        graph.operation(IMAGES) == null,
        "expected no op named " + IMAGES + " in the graph, found one");
    GraphDef.Builder frozen = Freezing.of(session, graph, images).toBuilder();
    DataType type = serving.getOutputs().get(IMAGES).dataType;
    frozen.addNode(Freezing.identity(IMAGES, type).addInput(images));
    return new FrozenGenerator(frozen.build());
  }

  /**
   * Throws if a file exists that this class did not write. Devices and pipes are allowed.
   *
   * @throws ModelException if the file exists, is not empty and is not a frozen generator
   */
  public static void requireReplaceable(Path file) {
    if (!Files.isRegularFile(file) || isGenerator(file)) {
      return;
    }
    throw ModelException.in(
        file, "a new file, or a frozen generator to replace", "another file", "Give another name.");
  }

  private static boolean isGenerator(Path file) {
    try {
      if (Files.size(file) > Integer.MAX_VALUE) {
        return false;
      }
      List<NodeDef> nodes = GraphDef.parseFrom(Files.readAllBytes(file)).getNodeList();
      return Files.size(file) == 0
          || (nodes.stream().anyMatch(n -> n.getName().equals(Z))
              && nodes.stream().anyMatch(n -> n.getName().equals(IMAGES)));
    } catch (InvalidProtocolBufferException e) {
      return false;
    } catch (IOException e) {
      throw new ModelException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Writes the graph; equal graphs give equal bytes, because attributes are sorted by name. */
  public void write(Path file) {
    AtomicFiles.write(
        file,
        out -> {
          CodedOutputStream sorted = CodedOutputStream.newInstance(out);
          sorted.useDeterministicSerialization();
          graph.writeTo(sorted);
          sorted.flush();
        });
  }
}
