package org.sparring.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice and the order, on class paths of empty files. */
class NativeLibrariesTest {
  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";

  @TempDir private Path folder;
  private final List<String> opened = new ArrayList<>();
  private String extensionBefore;

  @BeforeEach
  void rememberTheExtension() {
    extensionBefore = System.getProperty(EXTENSION);
    System.clearProperty(EXTENSION);
  }

  @AfterEach
  void restoreTheExtension() {
    if (extensionBefore == null) {
      System.clearProperty(EXTENSION);
    } else {
      System.setProperty(EXTENSION, extensionBefore);
    }
  }

  @Test
  void nativesOfTheCpuAskForNothing() throws IOException {
    natives("");
    assertEquals(Optional.empty(), prepare(true));
    assertNull(System.getProperty(EXTENSION));
    assertTrue(opened.isEmpty());
  }

  @Test
  void theCudaLibrariesOpenInOrderOnceThereIsADriver() throws IOException {
    natives("-gpu");
    cuda(CudaLibraries.BUNDLED);
    assertEquals(Optional.empty(), prepare(true));
    assertEquals(CudaLibraries.BUNDLED, opened);
    assertEquals("-gpu", System.getProperty(EXTENSION));
  }

  @Test
  void anExtensionTheUserChoseStays() throws IOException {
    natives("-gpu");
    System.setProperty(EXTENSION, "-mine");
    prepare(false);
    assertEquals("-mine", System.getProperty(EXTENSION));
  }

  @Test
  void withoutADriverNothingIsUnpackedAndTheLogSaysWhy() throws IOException {
    natives("-gpu");
    cuda(CudaLibraries.BUNDLED);
    assertEquals(
        Optional.of(
            "No NVIDIA driver on this machine: computing on the CPU. For the GPU install driver"
                + " 525.60.13 or newer."),
        prepare(false));
    assertTrue(opened.isEmpty());
  }

  @Test
  void librariesThatAreMissingOrBrokenAreNamedInOneLine() throws IOException {
    natives("-gpu");
    List<String> withoutNccl = CudaLibraries.BUNDLED.subList(0, CudaLibraries.BUNDLED.size() - 1);
    cuda(withoutNccl);
    Optional<String> complaint =
        prepare(true, library -> refuse(library, "libcufft.so.11", "wrong ELF class"));
    assertEquals(
        Optional.of(
            "CUDA libraries did not load: libcufft.so.11 (wrong ELF class), libnccl.so.2 (not in"
                + " the cuda jar). The GPU may stay unused; the checks of the machine (doctor) say more."),
        complaint);
  }

  @Test
  void withoutTheCudaJarTheMachinesOwnLibrariesAreLeftToTensorFlow() throws IOException {
    natives("-gpu");
    assertEquals(Optional.empty(), prepare(true));
    assertTrue(opened.isEmpty());
  }

  @Test
  void theFlavourIsTheOneTheClassPathHolds() throws IOException {
    assertEquals(Flavour.NONE, flavour());
    natives("");
    assertEquals(Flavour.CPU, flavour());
    natives("-gpu");
    assertEquals(Flavour.GPU, flavour());
  }

  @Test
  void tensorFlowListsTheCpuAmongItsDevices() {
    List<Device> devices = Device.list();
    Device cpu = devices.get(0);
    assertEquals("CPU", cpu.type());
    assertTrue(cpu.name().endsWith("CPU:0"), cpu.name());
    assertFalse(cpu.isGpu());
  }

  private void natives(String extension) throws IOException {
    write(
        "org/tensorflow/internal/c_api/" + Loader.getPlatform() + extension,
        Loader.getPlatform().startsWith("macosx")
            ? "libtensorflow_cc.2.dylib"
            : "libtensorflow_cc.so.2");
  }

  private void cuda(List<String> names) throws IOException {
    for (String name : names) {
      write("org/bytedeco/cuda/linux-x86_64", name);
    }
  }

  private void write(String path, String name) throws IOException {
    Path inside = Files.createDirectories(folder.resolve(path));
    Files.write(inside.resolve(name), new byte[0]);
  }

  private Flavour flavour() throws IOException {
    try (URLClassLoader classPath = classPath()) {
      return Flavour.in(classPath);
    }
  }

  private Optional<String> prepare(boolean driver) throws IOException {
    return prepare(driver, library -> opened.add(Path.of(library.getPath()).getFileName() + ""));
  }

  private Optional<String> prepare(boolean driver, Consumer<URL> opener) throws IOException {
    try (URLClassLoader classPath = classPath()) {
      return new NativeLibraries(classPath, driver, opener).prepare();
    }
  }

  /** Without a parent: the real natives of the test's own class path stay out. */
  private URLClassLoader classPath() throws IOException {
    return new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
  }

  private static void refuse(URL library, String name, String reason) {
    if (library.getPath().endsWith(name)) {
      throw new UnsatisfiedLinkError(reason);
    }
  }
}
