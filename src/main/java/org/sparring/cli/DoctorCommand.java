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

/** The command {@code doctor}: says what this machine has, and what is missing for what. */
@Command(
    name = "doctor",
    description = {
      "Looks at Java, the processor, TensorFlow, the GPU and the disk, and says what to do.",
      "Exits with 0 when training on the CPU works; a missing GPU is information, no failure."
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
    String told = json ? diagnosis.json() : diagnosis.table();
    standard.out().print(told);
    standard.out().flush();
    return diagnosis.works() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
