package org.sparring.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;

/** Who is compared, and how a process of it is started. */
enum Engine {
  SPARRING_ALTERNATING("sparring-alternating", "Sparring, alternating"),
  SPARRING_SIMULTANEOUS("sparring-simultaneous", "Sparring, simultaneous"),
  DJL_TORCHSCRIPT("djl-torchscript", "DJL with TorchScript"),
  DJL_SUBPIXEL("djl-subpixel", "DJL, sub-pixel"),
  DL4J("dl4j", "Deeplearning4j");

  private static final String OURS = "sparring-";

  /** Divides the steps of Deeplearning4j, whose step takes about this many times as long. */
  private static final int FEWER = 10;

  private final String label;
  private final String title;

  Engine(String label, String title) {
    this.label = label;
    this.title = title;
  }

  static Engine of(String label) {
    for (Engine engine : values()) {
      if (engine.label.equals(label)) {
        return engine;
      }
    }
    List<String> known = List.of(values()).stream().map(Engine::label).toList();
    throw new IllegalArgumentException(
        "expected an engine of " + known + ", found '" + label + "'");
  }

  /** As options and files name it. */
  String label() {
    return label;
  }

  /** As tables and plots name it. */
  String title() {
    return title;
  }

  boolean isOurs() {
    return label.startsWith(OURS);
  }

  /** Steps of a run. */
  int steps(Plan plan) {
    return this == DL4J ? Math.max(2, plan.steps() / FEWER) : plan.steps();
  }

  private int warmUp(Plan plan) {
    return this == DL4J ? 2 : plan.warmUp();
  }

  /** A Java process that prints one measurement. */
  List<String> command(Plan plan) {
    List<String> command = new ArrayList<>();
    command.add(plan.java());
    command.addAll(plan.javaOptions());
    command.add("-cp");
    int warmUp = warmUp(plan);
    if (isOurs()) {
      command.add(plan.ourClassPath());
      command.add("org.sparring.benchmarks.steps.StepTimer");
      command.add("net=" + plan.net());
      command.add("rule=" + label.substring(OURS.length()));
      command.add("device=cpu");
      command.add("warm_up=" + warmUp);
      command.add("steps=" + steps(plan));
    } else {
      command.add(plan.peersClassPath());
      command.add(PeerTimer.class.getName());
      command.addAll(
          List.of(label, plan.net(), String.valueOf(warmUp), String.valueOf(steps(plan))));
    }
    return command;
  }
}
