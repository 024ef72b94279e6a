package org.sparring.launching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.cli.TrainCommand;
import org.sparring.distributed.Cluster;
import picocli.CommandLine;

/**
 * The job files in {@code deploy}: the environment that they give to each worker, and their rules.
 */
class DeployedJobsTest {
  private static final Path TFJOB = Path.of("deploy/kubernetes/tfjob.yaml");
  private static final Path SBATCH = Path.of("deploy/slurm/train.sbatch");
  private static final List<String> REPLICAS = List.of("Chief", "Worker");

  @TempDir private Path folder;

  @Test
  void everyPodOfTheTfJobFindsItsPlace() throws IOException {
    JsonNode job = documents().get(0);
    List<String> addresses = new ArrayList<>();
    List<Cluster> found = new ArrayList<>();
    for (String replica : REPLICAS) {
      for (int i = 0; i < count(job, replica); i++) {
        addresses.add(address(job, replica, i));
        Map<String, String> environment = Map.of("TF_CONFIG", tfConfig(job, replica, i));
        found.add(WorkerPlace.in(environment).orElseThrow().cluster());
      }
    }
    assertEquals("sparring-chief-0.training.svc:2222", addresses.get(0));
    assertEquals(4, addresses.size());
    for (int rank = 0; rank < found.size(); rank++) {
      assertEquals(new Cluster(addresses, rank), found.get(rank));
    }
  }

  @Test
  void allPodsRunTheSameCommandWhichIsOneOfSparring() throws IOException {
    JsonNode specs = documents().get(0).at("/spec/tfReplicaSpecs");
    assertEquals(specs.at("/Chief/template"), specs.at("/Worker/template"));
    List<String> words = new ArrayList<>();
    JsonNode container = specs.at("/Chief/template/spec/containers/0");
    container.get("command").forEach(word -> words.add(word.asText()));
    container.get("args").forEach(word -> words.add(word.asText()));
    assertEquals(List.of("--gpu", "train"), words.subList(1, 3));
    var parsed =
        new CommandLine(new TrainCommand())
            .parseArgs(words.subList(3, words.size()).toArray(String[]::new));
    assertTrue(parsed.hasMatchedOption("--resume"), "a restarted pod has the same command");
    assertTrue(parsed.hasMatchedOption("--run"), "all pods share one run folder");
  }

  @Test
  void aPodHasOneGpuAndStartsAgainByItsExitCode() throws IOException {
    JsonNode specs = documents().get(0).at("/spec/tfReplicaSpecs");
    for (String replica : REPLICAS) {
      JsonNode spec = specs.get(replica);
      assertEquals("ExitCode", spec.get("restartPolicy").asText());
      JsonNode container = spec.at("/template/spec/containers/0");
      assertEquals("tensorflow", container.get("name").asText());
      assertEquals(1, container.at("/resources/limits/nvidia.com~1gpu").asInt());
    }
  }

  @Test
  void onlyPodsOfTheJobReachItsPods() throws IOException {
    JsonNode job = documents().get(0);
    JsonNode policy = documents().get(1);
    assertEquals("NetworkPolicy", policy.get("kind").asText());
    assertEquals(job.at("/metadata/namespace"), policy.at("/metadata/namespace"));
    JsonNode pods = policy.at("/spec/podSelector");
    assertEquals(job.at("/metadata/name"), pods.at("/matchLabels/training.kubeflow.org~1job-name"));
    assertEquals(1, policy.at("/spec/ingress").size());
    assertEquals(1, policy.at("/spec/ingress/0/from").size());
    assertEquals(pods, policy.at("/spec/ingress/0/from/0/podSelector"));
  }

  @Test
  void everyTaskOfTheBatchScriptFindsItsPlaceAndItsGpu() throws IOException {
    int nodes = option("nodes");
    int tasks = option("ntasks-per-node");
    assertEquals(tasks, option("gpus-per-node"));
    HashSet<String> own = new HashSet<>();
    for (int rank = 0; rank < nodes * tasks; rank++) {
      Map<String, String> environment =
          Map.of(
              "SLURM_JOB_ID", "123456",
              "SLURM_STEP_ID", "0",
              "SLURM_STEP_NUM_TASKS", nodes * tasks + "",
              "SLURM_STEP_NODELIST", "gpu[07-" + String.format(Locale.ROOT, "%02d]", 6 + nodes),
              "SLURM_STEP_TASKS_PER_NODE", tasks + "(x" + nodes + ")",
              "SLURM_PROCID", rank + "",
              "SLURM_LOCALID", rank % tasks + "");
      WorkerPlace place = WorkerPlace.in(environment).orElseThrow();
      String address = place.cluster().workers().get(rank);
      assertTrue(address.startsWith("gpu0" + (7 + rank / tasks) + ":"), address);
      own.add(address);
      assertEquals(rank % tasks, place.localRank());
      assertEquals(tasks, place.localCount());
    }
    assertEquals(nodes * tasks, own.size());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theBatchScriptStartsAllAgainAfterALossAndNotAfterAMistake() throws Exception {
    assertEquals("0 after 3", batch(3, 138, 137, 0));
    assertEquals("3 after 1", batch(3, 3));
    assertEquals("130 after 1", batch(3, 130));
    assertEquals("138 after 2", batch(1, 137, 138));
  }

  /** Runs the script with a made-up srun that ends with these codes, one a call. */
  private String batch(int restarts, int... codes) throws Exception {
    Path calls = folder.resolve("calls");
    Files.deleteIfExists(calls);
    StringBuilder srun = new StringBuilder("#!/bin/sh\necho \"$@\" >> '" + calls + "'\n");
    for (int i = 0; i < codes.length; i++) {
      srun.append(
          String.format(
              Locale.ROOT, "[ $(wc -l < '%s') -eq %d ] && exit %d\n", calls, i + 1, codes[i]));
    }
    Path program = Files.writeString(folder.resolve("srun"), srun + "exit 99\n");
    assertTrue(program.toFile().setExecutable(true));
    ProcessBuilder builder =
        new ProcessBuilder("bash", SBATCH.toString(), "folder", "--steps", "9");
    builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    builder.environment().put("SPARRING_RESTARTS", restarts + "");
    int code = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    List<String> made = Files.readAllLines(calls);
    assertTrue(made.get(0).endsWith("./sparring --gpu train folder --steps 9 --resume"), made + "");
    return code + " after " + made.size();
  }

  private static int option(String name) throws IOException {
    return Pattern.compile("(?m)^#SBATCH --" + name + "=(\\d+)$")
        .matcher(Files.readString(SBATCH))
        .results()
        .map(MatchResult::group)
        .mapToInt(line -> Integer.parseInt(line.replaceFirst(".*=", "")))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonNode> documents() throws IOException {
    try (MappingIterator<JsonNode> all =
        new YAMLMapper().readerFor(JsonNode.class).readValues(TFJOB.toFile())) {
      return all.readAll();
    }
  }

  private static int count(JsonNode job, String replica) {
    return job.at("/spec/tfReplicaSpecs/" + replica + "/replicas").asInt();
  }

  /** As Kubeflow's training operator names the service of a pod. */
  private static String address(JsonNode job, String replica, int index) {
    int port =
        job.at(
                "/spec/tfReplicaSpecs/"
                    + replica
                    + "/template/spec/containers/0/ports/0/containerPort")
            .asInt();
    return job.at("/metadata/name").asText()
        + "-"
        + replica.toLowerCase(Locale.ROOT)
        + "-"
        + index
        + "."
        + job.at("/metadata/namespace").asText()
        + ".svc:"
        + port;
  }

  private static String tfConfig(JsonNode job, String replica, int index) {
    ObjectNode config = new ObjectMapper().createObjectNode();
    ObjectNode cluster = config.putObject("cluster");
    for (String each : REPLICAS) {
      ArrayNode addresses = cluster.putArray(each.toLowerCase(Locale.ROOT));
      for (int i = 0; i < count(job, each); i++) {
        addresses.add(address(job, each, i));
      }
    }
    config.putObject("task").put("type", replica.toLowerCase(Locale.ROOT)).put("index", index);
    config.put("environment", "cloud");
    return config.toString();
  }
}
