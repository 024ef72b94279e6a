package org.sparring.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparring.errors.EditDistance;
import org.sparring.errors.ModelException;
import org.sparring.exports.Freezing;
import org.sparring.inference.LoadedModel;
import org.sparring.inference.OpPolicy;
import org.sparring.natives.SessionOptions;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.Signature.TensorDescription;
import org.tensorflow.proto.GraphDef;

/**
 * A network supplied by the user: a frozen graph, whose tensors are named by nodes, or a
 * SavedModel, whose tensors are named by the keys of {@code serving_default}.
 *
 * @param place the file or folder
 * @param input name of the input tensor
 * @param features name of the feature tensor
 * @param probabilities name of the tensor of class probabilities, if there is one
 * @param format format of the input images
 * @param policy determines which ops it may contain
 */
record NamedGraph(
    Path place,
    String input,
    String features,
    Optional<String> probabilities,
    InputFormat format,
    OpPolicy policy) {
  private static final int BATCH = 250;
  private static final int SMALL_BATCH = 50;

  /** Number of pixels from which an image counts as large, so that batches are small. */
  private static final int LARGE = 64 * 64;

  FeatureNetwork open(String name, SessionOptions options) {
    return Files.isDirectory(place) ? savedModel(name, options) : frozen(name, options);
  }

  /** Opens the network to copy its ops; probabilities are not needed. */
  FrozenNetwork frozen(String name) {
    if (Files.isDirectory(place)) {
      try (LoadedModel model = load(SessionOptions.CPU)) {
        Signature signature = signature(model);
        String output = tensor("output", features, signature.getOutputs());
        var nodes =
            new TensorNetwork.Nodes(
                tensor("input", input, signature.getInputs()), output, Optional.empty());
        GraphDef graph = Freezing.of(model.session(), model.graph(), output);
        return new FrozenNetwork(name, graph, nodes, format);
      }
    }
    try (FrozenGraph graph = FrozenGraph.read(place, policy)) {
      var nodes =
          new TensorNetwork.Nodes(graph.tensor(input), graph.tensor(features), Optional.empty());
      return new FrozenNetwork(name, graph.graph().toGraphDef(), nodes, format);
    }
  }

  private FeatureNetwork frozen(String name, SessionOptions options) {
    return Networks.opened(
        FrozenGraph.read(place, policy),
        graph -> {
          var nodes =
              new TensorNetwork.Nodes(
                  graph.tensor(input), graph.tensor(features), probabilities.map(graph::tensor));
          return network(name, graph.session(options), graph, nodes);
        });
  }

  private FeatureNetwork savedModel(String name, SessionOptions options) {
    return Networks.opened(
        load(options),
        model -> {
          Signature signature = signature(model);
          Map<String, TensorDescription> outputs = signature.getOutputs();
          var nodes =
              new TensorNetwork.Nodes(
                  tensor("input", input, signature.getInputs()),
                  tensor("output", features, outputs),
                  probabilities.map(key -> tensor("output", key, outputs)));
          return network(name, model.session(), model, nodes);
        });
  }

  private FeatureNetwork network(
      String name, Session session, AutoCloseable resources, TensorNetwork.Nodes nodes) {
    int side = format.side().orElse(0);
    int batch = side > 0 && side * side <= LARGE ? BATCH : SMALL_BATCH;
    var loaded = new TensorNetwork.Loaded(name, FileHash.of(place), session, resources);
    return new TensorNetwork(loaded, nodes, format, batch);
  }

  private LoadedModel load(SessionOptions options) {
    if (!Files.exists(place.resolve("saved_model.pb"))) {
      throw new ModelException(
          place
              + ": expected a frozen graph or a SavedModel folder, found no saved_model.pb in it");
    }
    return LoadedModel.load(place, options, policy);
  }

  private Signature signature(LoadedModel model) {
    if (!model.has(Signature.DEFAULT_KEY)) {
      throw new ModelException(
          place
              + ": expected a signature "
              + Signature.DEFAULT_KEY
              + ", found "
              + model.signatures());
    }
    return model.signature(Signature.DEFAULT_KEY);
  }

  private String tensor(String what, String key, Map<String, TensorDescription> described) {
    if (described.containsKey(key)) {
      return described.get(key).name;
    }
    List<String> keys = new ArrayList<>(described.keySet());
    throw new ModelException(
        place
            + ": expected an "
            + what
            + " "
            + key
            + ", found "
            + keys
            + (keys.isEmpty() ? "" : "; the nearest is " + EditDistance.nearest(key, keys)));
  }
}
