package org.sparring.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.GraphException;
import org.sparring.natives.CudaLibraries;
import org.sparring.natives.Flavour;
import org.sparring.natives.NvidiaDriver;
import org.sparring.natives.XlaToolkit;

/** Each probe on machines made of files. */
class ProbesTest {
  @TempDir private Path folder;

  @Test
  void aJavaBelowSeventeenFailsWithTheLineThatInstallsOne() {
    Finding finding = new JavaProbe(11, "11.0.2").look().get(0);
    assertEquals(Finding.State.FAIL, finding.state());
    assertTrue(finding.advice().contains("openjdk-17-jdk-headless"), finding.advice());
    assertEquals(Finding.State.OK, new JavaProbe(25, "25.0.3").look().get(0).state());
  }

  @Test
  void theProcessorIsReadFromWhatTheKernelTells() throws IOException {
    write("cpuinfo", "model name\t: Xeon\ncpu cores\t: 8\nflags\t\t: fpu avx2 amx_bf16 sse\n");
    write("meminfo", "MemTotal:       25165824 kB\nMemAvailable:   12582912 kB\n");
    List<Finding> findings = new MachineProbe(folder).look();
    assertTrue(findings.get(1).found().startsWith("Xeon, 8 cores, "), findings.get(1).found());
    assertEquals("avx2 amx_bf16", findings.get(2).found());
    assertTrue(
        findings.get(3).found().startsWith("24.0 GiB, 12.0 GiB available, "),
        findings.get(3).found());
  }

  @Test
  void aKernelWithoutInformationIsNoFailure() {
    List<Finding> findings = new MachineProbe(folder).look();
    assertTrue(new Diagnosis(findings).works());
    assertTrue(findings.get(1).found().startsWith("model unknown"), findings.get(1).found());
  }

  @Test
  void aPlatformWithoutNativesFails() {
    Finding finding = new NativesProbe(Flavour.NONE, Optional.empty()).look().get(0);
    assertEquals(Finding.State.FAIL, finding.state());
    assertTrue(finding.advice().contains("macOS arm64"), finding.advice());
  }

  @Test
  void theNativesAreToldWithTheirJar() throws IOException {
    URL inside = new URL("jar:file:/m2/native-linux.jar!/org/tensorflow/libtensorflow_cc.so.2");
    Finding finding = new NativesProbe(Flavour.GPU, Optional.of(inside)).look().get(0);
    assertEquals("GPU flavour, /m2/native-linux.jar", finding.found());
  }

  @Test
  void aFailureThatNamesItsRemedyIsToldWithIt() {
    var named = new GraphException("sparring.natives: expected a, found b\nRemove the property.");
    Finding finding = TensorFlowProbe.failed(named);
    assertEquals(Finding.State.FAIL, finding.state());
    assertEquals("does not load: sparring.natives: expected a, found b", finding.found());
    assertEquals("Remove the property.", finding.advice());
    Finding other = TensorFlowProbe.failed(new UnsatisfiedLinkError("no x in path\nat y"));
    assertTrue(other.advice().contains("glibc"), other.advice());
    assertEquals("does not load: no x in path", other.found());
  }

  @Test
  void noDriverIsANoteAndTheToolIsNotAsked() {
    Finding finding = graphics(() -> fail("asked")).get(0);
    assertEquals(Finding.State.NOTE, finding.state());
    assertTrue(finding.advice().contains("525.60.13"), finding.advice());
  }

  @Test
  void aDriverTooOldForCudaIsReportedWithTheNeededVersion() throws IOException {
    driver("470.256.02");
    Finding finding = graphics(List::of).get(0);
    assertEquals("470.256.02 is too old", finding.found());
    assertEquals("CUDA 12 needs 525.60.13 or newer.", finding.advice());
  }

  @Test
  void theToolReportsTheGpusThatTheKernelDoesNot() throws IOException {
    driver("550.54.15");
    List<Finding> findings = graphics(() -> List.of("NVIDIA H200, 143771 MiB, 550.54.15"));
    assertEquals("550.54.15, CUDA 12 needs 525.60.13 or newer.", findings.get(0).found());
    assertEquals("NVIDIA H200, 143771 MiB, 550.54.15", findings.get(1).found());
  }

  @Test
  void belowWindowsTheVersionComesFromTheTool() throws IOException {
    write("usr/lib/wsl/lib/libcuda.so.1", "");
    List<Finding> findings = graphics(() -> List.of("NVIDIA RTX A6000, 49140 MiB, 551.23"));
    assertEquals("551.23, CUDA 12 needs 525.60.13 or newer.", findings.get(0).found());
  }

  @Test
  void cudaIsSixteenFindingsOnceOneIsThereAndOneBefore() throws IOException {
    Finding none = cuda(Flavour.CPU).look().get(0);
    assertTrue(none.found().contains("libcudnn.so.9"), none.found());
    assertEquals("Only for a GPU: `./sparring --gpu` brings them.", none.advice());

    write("libcudart.so.12", "");
    List<Finding> findings = cuda(Flavour.GPU).look();
    assertEquals(CudaLibraries.NAMES.size(), findings.size());
    assertEquals("libcudart.so.12, " + folder.resolve("libcudart.so.12"), findings.get(0).found());
    assertEquals("libnvJitLink.so.12 is missing", findings.get(1).found());
    assertTrue(findings.get(1).advice().contains("-Pgpu"), findings.get(1).advice());
  }

  @Test
  void theMachinesOwnFoldersAreLookedThroughFirst() {
    assertEquals(
        List.of(Path.of("/a"), Path.of("/b")),
        CudaProbe.systemFolders(Map.of("LD_LIBRARY_PATH", "/a::/b")).subList(0, 2));
  }

  @Test
  void aFolderThatIsNotThereCannotBeWritten() {
    Finding finding = new StorageProbe(folder.resolve("gone"), Map.of()).look().get(0);
    assertTrue(finding.found().endsWith("not writable"), finding.found());
  }

  @Test
  void theFolderOfDataSetsIsReportedOrRequested() {
    assertEquals("Set it to the folder that holds your data sets.", data(Map.of()).advice());
    assertEquals(Finding.State.OK, data(Map.of("SPARRING_DATA", folder + "")).state());
    Finding gone = data(Map.of("SPARRING_DATA", folder + "/gone"));
    assertTrue(gone.found().endsWith("gone cannot be read"), gone.found());
  }

  @Test
  void aToolThatIsMissingOrFailsReportsNothing() {
    assertEquals(List.of(), NvidiaTool.lines(List.of("there-is-no-such-tool")));
    assertEquals(List.of(), NvidiaTool.lines(List.of("bash", "-c", "echo half; exit 3")));
    assertEquals(List.of("a", "b"), NvidiaTool.lines(List.of("bash", "-c", "echo a; echo b")));
  }

  @Test
  void theTableShowsAdviceBelowWhatWasFound() {
    Diagnosis diagnosis =
        new Diagnosis(List.of(Finding.ok("Java", "17"), Finding.fail("natives", "none", "Add.")));
    assertEquals(
        """
        ok    Java     17
        fail  natives  none
                       -> Add.
        Training does not work on this machine yet.
        """,
        diagnosis.table());
  }

  @Test
  void xlaNeedsAToolkitOnAGpuAlone() throws IOException {
    Finding missing = new XlaProbe(true, Optional.empty()).look().get(0);
    assertEquals(Finding.State.NOTE, missing.state());
    assertTrue(missing.advice().contains("CUDA_HOME"), missing.advice());
    Finding cpu = new XlaProbe(false, Optional.empty()).look().get(0);
    assertEquals(Finding.State.OK, cpu.state());
    Finding half = new XlaProbe(true, Optional.of(new XlaToolkit(folder))).look().get(0);
    assertTrue(half.found().contains("no ptxas"), half.found());
    assertTrue(half.advice().contains("nvidia-cuda-nvcc-cu12"), half.advice());
    write("bin/ptxas", "");
    Finding there = new XlaProbe(true, Optional.of(new XlaToolkit(folder))).look().get(0);
    assertEquals(Finding.State.OK, there.state());
    assertTrue(there.found().contains(folder.toString()), there.found());
  }

  @Test
  void aKernelThatCannotBeCompiledIsOneLineAndWhatToInstall() {
    Finding failed =
        KernelProbe.failed(new IllegalStateException("2 root error(s)\n JIT compilation failed."));
    assertEquals(Finding.State.NOTE, failed.state());
    assertTrue(failed.found().contains("libdevice.10.bc"), failed.found());
    assertTrue(failed.advice().contains("nvidia-cuda-nvcc-cu12"), failed.advice());
    Finding other = KernelProbe.failed(new IllegalStateException("no\nmore"));
    assertEquals("does not run: no", other.found());
    assertEquals(Finding.State.OK, KernelProbe.computed(0.5f).state());
    assertEquals(Finding.State.NOTE, KernelProbe.computed(0).state());
  }

  private Finding data(Map<String, String> environment) {
    return new StorageProbe(folder, environment).look().get(1);
  }

  private CudaProbe cuda(Flavour flavour) {
    return new CudaProbe(flavour, name -> Optional.empty(), List.of(folder));
  }

  private List<Finding> graphics(Supplier<List<String>> tool) {
    return new GraphicsProbe(new NvidiaDriver(folder), tool).look();
  }

  private void driver(String version) throws IOException {
    write(
        "proc/driver/nvidia/version",
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  " + version + "  Release Build\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
