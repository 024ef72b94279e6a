package org.sparring.launching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.distributed.Cluster;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.TrainingException;

class WorkerPlaceTest {
  @Test
  void withoutAJobSystemThereIsNoPlace() {
    assertEquals(Optional.empty(), WorkerPlace.in(Map.of()));
    assertEquals(Optional.empty(), WorkerPlace.in(Map.of("TF_CONFIG", " ")));
    assertEquals(Optional.empty(), WorkerPlace.in(Map.of("TF_CONFIG", "{}")));
  }

  @Test
  void theChiefIsWorker0AndTheWorkersFollow() {
    String cluster = "{'worker': ['b:2222', 'c:2223'], 'chief': ['a:2222']}";
    List<String> addresses = List.of("a:2222", "b:2222", "c:2223");
    assertEquals(new Cluster(addresses, 0), tfConfig(cluster, "chief", "0").cluster());
    assertEquals(new Cluster(addresses, 1), tfConfig(cluster, "worker", "0").cluster());
    assertEquals(new Cluster(addresses, 2), tfConfig(cluster, "worker", "'1'").cluster());
    assertEquals(
        new Cluster(addresses, 0),
        tfConfig(cluster.replace("chief", "master"), "master", "0").cluster());
    assertEquals(
        "worker 2 of 3 (TF_CONFIG): c:2223, led by a:2222",
        tfConfig(cluster, "worker", "1").words());
  }

  @Test
  void withoutAChiefTheFirstWorkerLeads() {
    WorkerPlace place = tfConfig("{'worker': ['a:1', 'b:1'], 'ps': []}", "worker", "0");
    assertEquals("worker 0 of 2 (TF_CONFIG): a:1, it leads", place.words());
  }

  @Test
  void oneWorkerAloneIsAnOrdinaryTraining() {
    assertEquals(
        Optional.empty(),
        WorkerPlace.in(
            Map.of(
                "TF_CONFIG",
                "{\"cluster\":{\"chief\":[\"a:1\"]},\"task\":{\"type\":\"chief\",\"index\":0}}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "no json | an object of JSON |",
        "[1] | an object of JSON | [1]",
        "{'cluster':{'worker':['a:1','b:1'],'ps':['p:1']},'task':{'type':'worker','index':0}}"
            + "| a chief and workers only | ps",
        "{'cluster':{'worker':['a:1','b:1']},'task':{'type':'evaluator','index':0}}"
            + "| task.type chief or worker | evaluator",
        "{'cluster':{'worker':['a:1','b:1']}}| task.type chief or worker | none",
        "{'cluster':{'worker':['a:1','b:1']},'task':{'type':'worker'}}"
            + "| a whole number as task.index | none",
        "{'cluster':{'worker':['a:1','b:1']},'task':{'type':'worker','index':2}}"
            + "| task.index from 0 to 1 | 2",
        "{'cluster':{'chief':['a:1','b:1']},'task':{'type':'chief','index':0}}"
            + "| one chief at most | [a:1, b:1]",
        "{'cluster':{'worker':['a:1',7]},'task':{'type':'worker','index':0}}"
            + "| addresses host:port as texts | 7",
      })
  void aWrongTfConfigIsRefusedInThreeLines(String config, String expected, String found) {
    TrainingException e =
        assertThrows(
            TrainingException.class,
            () -> WorkerPlace.in(Map.of("TF_CONFIG", config.replace('\'', '"'))));
    List<String> lines = e.getMessage().lines().toList();
    assertEquals("TF_CONFIG: expected " + expected, lines.get(0));
    assertTrue(found == null || lines.get(1).equals("found " + found), e.getMessage());
    assertEquals(
        "Correct the job, or remove the variable to train with one process.", lines.get(2));
  }

  @Test
  void anAddressOfTfConfigWithoutAPortIsRefused() {
    TrainingException e =
        assertThrows(
            TrainingException.class, () -> tfConfig("{'worker': ['a:1', 'b']}", "worker", "0"));
    assertTrue(
        e.getMessage().startsWith("TF_CONFIG: workers: expected host:port, found 'b'\n"),
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "a:1, 1, task: expected a number from 0 to 0; found 1",
    "a:1 b:1, -1, task: expected a number from 0 to 1; found -1",
    "a:0, 0, workers: expected host:port; found 'a:0'",
    "a:70000, 0, workers: expected host:port; found 'a:70000'",
    "a:1 a:1, 0, workers: expected different addresses; found [a:1; a:1]"
  })
  void wrongAddressesOfACallerAreRefused(String addresses, int task, String message) {
    ArgumentException e =
        assertThrows(
            ArgumentException.class, () -> WorkerPlace.of(List.of(addresses.split(" ")), task));
    assertEquals(message.replace(';', ','), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:1",
        "10.1.2.3:1",
        "172.31.0.1:1",
        "192.168.0.9:1",
        "169.254.3.4:1",
        "100.64.0.1:1",
        "100.127.255.255:1",
        "localhost:1",
        "no-such-host.invalid:1"
      })
  void addressesOfPrivateNetworksAreAccepted(String address) {
    WorkerPlace.of(List.of("127.0.0.1:2", address), 0).requirePrivate();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8:2222",
        "172.32.0.1:2222",
        "100.128.0.1:2222",
        "101.64.0.1:1",
        "0.0.0.0:1"
      })
  void aPublicAddressIsRefused(String address) {
    WorkerPlace place = WorkerPlace.of(List.of("127.0.0.1:2", address), 0);
    TrainingException e = assertThrows(TrainingException.class, place::requirePrivate);
    String host = address.substring(0, address.indexOf(':'));
    assertEquals(
        "workers: expected addresses of a private network, found "
            + address
            + " ("
            + host
            + ")\n"
            + "TensorFlow's servers accept every connection, on all interfaces.\n"
            + "Use addresses of a private network, or allow public ones where a firewall closes the"
            + " ports.",
        e.getMessage());
  }

  private static WorkerPlace tfConfig(String cluster, String type, String index) {
    String config =
        String.format("{'cluster': %s, 'task': {'type': '%s', 'index': %s}}", cluster, type, index);
    return WorkerPlace.in(Map.of("TF_CONFIG", config.replace('\'', '"'))).orElseThrow();
  }
}
