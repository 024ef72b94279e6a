package org.sparring.cli;

import java.util.concurrent.Callable;
import org.sparring.console.ExitCode;
import org.sparring.console.Shell;
import org.sparring.console.StandardOptions;
import org.sparring.doctor.Diagnosis;
import org.sparring.doctor.Probes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code doctor}: examines this machine and reports what is missing. */
@Command(
    name = "doctor",
    description = {
      "Check Java, the processor, TensorFlow, the GPU and the disk, and say what to do.",
      "The exit code is 0 if training on the CPU works; a missing GPU is not a failure."
    })
public final class DoctorCommand implements Callable<Integer> {
  @Mixin private StandardOptions standard;

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  public static void main(String[] arguments) {
    Shell.exit(new DoctorCommand(), arguments);
  }

  @Override
  public Integer call() {
    Diagnosis diagnosis = Diagnosis.of(Probes.all());
    String text = json ? diagnosis.json() : diagnosis.table();
    standard.out().print(text);
    standard.out().flush();
    return diagnosis.works() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
