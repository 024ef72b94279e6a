package org.sparring.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;

/** An engine of the comparison, and the command that measures it in a process. */
enum Engine {
  SPARRING_ALTERNATING("sparring-alternating", "Sparring, alternating"),
  SPARRING_TRIAL("sparring-trial", "Sparring, convolutions by trial"),
  SPARRING_SIMULTANEOUS("sparring-simultaneous", "Sparring, simultaneous"),
  SPARRING_BFLOAT16("sparring-bfloat16", "Sparring, mixed bfloat16"),
  PYTORCH_EAGER("pytorch-eager", "PyTorch, eager"),
  PYTORCH_CHANNELS_LAST("pytorch-channels_last", "PyTorch, channels last"),
  PYTORCH_COMPILE_FLOAT32("pytorch-compile-float32", "PyTorch, compiled"),
  PYTORCH_AMP("pytorch-amp", "PyTorch, autocast to bfloat16"),
  PYTORCH_COMPILE("pytorch-compile", "PyTorch, compiled autocast"),
  TENSORFLOW_FLOAT32("tensorflow-float32", "TensorFlow in Python"),
  TENSORFLOW_BFLOAT16("tensorflow-mixed_bfloat16", "TensorFlow in Python, bfloat16"),
  DJL_TORCHSCRIPT("djl-torchscript", "DJL with TorchScript"),
  DJL_SUBPIXEL("djl-subpixel", "DJL, sub-pixel"),
  DL4J("dl4j", "Deeplearning4j");

  private static final String OURS = "sparring-";
  private static final String PYTORCH = "pytorch-";
  private static final String TENSORFLOW = "tensorflow-";

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

  /** The name in options and files. */
  String label() {
    return label;
  }

  /** The name in tables and plots. */
  String title() {
    return title;
  }

  boolean isOurs() {
    return label.startsWith(OURS);
  }

  /** Whether a Python process measures it. */
  boolean isPython() {
    return label.startsWith(PYTORCH) || label.startsWith(TENSORFLOW);
  }

  /** Whether its activations are bfloat16. */
  boolean isBfloat16() {
    return label.contains("bfloat16") || this == PYTORCH_AMP || this == PYTORCH_COMPILE;
  }

  /** Number of timed steps of a run. */
  int steps(Plan plan) {
    return this == DL4J ? Math.max(2, plan.steps() / FEWER) : plan.steps();
  }

  private int warmUp(Plan plan) {
    return this == DL4J ? 2 : plan.warmUp();
  }

  /** A process that prints one measurement. */
  List<String> command(Plan plan) {
    if (isPython()) {
      return python(plan);
    }
    List<String> command = new ArrayList<>();
    command.add(plan.java());
    command.addAll(plan.javaOptions());
    command.add("-cp");
    command.addAll(isOurs() ? ours(plan) : peer(plan));
    return command;
  }

  private List<String> ours(Plan plan) {
    boolean simultaneous = this == SPARRING_SIMULTANEOUS;
    return List.of(
        plan.ourClassPath(),
        "org.sparring.benchmarks.steps.StepTimer",
        "net=" + plan.net(),
        "rule=" + (simultaneous ? "simultaneous" : "alternating"),
        "convolutions=" + (this == SPARRING_TRIAL ? "trial" : "library"),
        "precision=" + (isBfloat16() ? "mixed_bfloat16" : "float32"),
        "device=cpu",
        "warm_up=" + warmUp(plan),
        "steps=" + steps(plan));
  }

  private List<String> peer(Plan plan) {
    return List.of(
        plan.peersClassPath(),
        PeerTimer.class.getName(),
        label,
        plan.net(),
        String.valueOf(warmUp(plan)),
        String.valueOf(steps(plan)));
  }

  private List<String> python(Plan plan) {
    boolean pytorch = label.startsWith(PYTORCH);
    List<String> command = new ArrayList<>();
    command.add(plan.python());
    command.add(plan.script(pytorch ? "pytorch_dcgan.py" : "tensorflow_dcgan.py"));
    command.addAll(List.of("--nets", plan.net().substring("dcgan-".length()), "--batches", "64"));
    command.addAll(List.of("--modes", label.substring((pytorch ? PYTORCH : TENSORFLOW).length())));
    command.addAll(List.of("--warm-up", String.valueOf(warmUp(plan)), "--seconds", "0"));
    command.addAll(List.of("--steps", String.valueOf(steps(plan))));
    if (pytorch) {
      command.addAll(List.of("--cpu", "--sync", "1"));
    }
    return command;
  }
}
