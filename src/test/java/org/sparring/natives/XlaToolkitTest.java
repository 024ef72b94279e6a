package org.sparring.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XlaToolkitTest {
  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usr/local/cuda",
        "usr/local/cuda-12.6",
        "opt/cuda",
        "usr/lib/nvidia-cuda-toolkit",
        "usr/local/lib/python3.12/dist-packages/nvidia/cuda_nvcc",
        "usr/lib/python3.11/site-packages/nvidia/cu13"
      })
  void aToolkitIsFoundWhereItIsUsuallyPut(String place) throws IOException {
    Path folder = toolkit(place);
    assertEquals(Optional.of(new XlaToolkit(folder)), XlaToolkit.find(Map.of(), root));
  }

  @Test
  void ofSeveralVersionsTheLastNameIsTaken() throws IOException {
    toolkit("usr/local/cuda-12.2");
    Path newer = toolkit("usr/local/cuda-12.6");
    assertEquals(Optional.of(new XlaToolkit(newer)), XlaToolkit.find(Map.of(), root));
  }

  @Test
  void whatTheUserNamesComesFirstThenWhatIsOnThePath() throws IOException {
    toolkit("usr/local/cuda");
    Path onPath = toolkit("tools/on-path");
    Path named = toolkit("tools/named");
    String path = "/nowhere:" + onPath.resolve("bin");
    assertEquals(Optional.of(new XlaToolkit(onPath)), XlaToolkit.find(Map.of("PATH", path), root));
    assertEquals(
        Optional.of(new XlaToolkit(named)),
        XlaToolkit.find(Map.of("PATH", path, "CUDA_HOME", named.toString()), root));
    Path flagged = toolkit("tools/flagged");
    String flags = "--xla_dump_to=/tmp --xla_gpu_cuda_data_dir=" + flagged;
    assertEquals(
        Optional.of(new XlaToolkit(flagged)),
        XlaToolkit.find(Map.of("XLA_FLAGS", flags, "CUDA_HOME", named.toString()), root));
  }

  @Test
  void halfAToolkitIsNone() throws IOException {
    Files.delete(toolkit("usr/local/cuda").resolve(XlaToolkit.PTXAS));
    Files.delete(toolkit("opt/cuda").resolve(XlaToolkit.LIBDEVICE));
    assertEquals(Optional.empty(), XlaToolkit.find(Map.of("PATH", "bin:relative"), root));
  }

  @Test
  void environmentsOfPythonAreLookedThrough() throws IOException {
    String packages = "/lib/python3.11/site-packages/nvidia/";
    Path conda = toolkit("conda" + packages + "cuda_nvcc");
    String home = root.resolve("home").toString();
    Path own = toolkit("home/.local" + packages + "cu13");
    Path virtual = toolkit("venv" + packages + "cu13");
    assertFound(own, Map.of("HOME", home));
    assertFound(conda, Map.of("HOME", home, "CONDA_PREFIX", root.resolve("conda") + ""));
    assertFound(
        virtual,
        Map.of(
            "VIRTUAL_ENV", root.resolve("venv") + "", "CONDA_PREFIX", root.resolve("conda") + ""));
  }

  @Test
  void pythonItselfIsAskedLast() throws IOException {
    Path folder = toolkit("odd/place/nvidia/cuda_nvcc");
    Path python = Files.createDirectories(root.resolve("bin")).resolve("python3");
    Files.writeString(python, "#!/bin/sh\necho; echo " + root.resolve("odd/place") + "\n");
    assertTrue(python.toFile().setExecutable(true));
    assertFound(folder, Map.of("PATH", "/nowhere:" + python.getParent()));
  }

  @Test
  void libdeviceAloneServesKernelsAndNotXla() throws IOException {
    Path half = toolkit("usr/local/cuda");
    Files.delete(half.resolve(XlaToolkit.PTXAS));
    assertEquals(Optional.empty(), XlaToolkit.find(Map.of(), root));
    assertEquals(Optional.of(new XlaToolkit(half)), XlaToolkit.findLibdevice(Map.of(), root));
    Path whole = toolkit("usr/lib/nvidia-cuda-toolkit");
    assertEquals(Optional.of(new XlaToolkit(whole)), XlaToolkit.findLibdevice(Map.of(), root));
  }

  private void assertFound(Path folder, Map<String, String> environment) {
    assertEquals(Optional.of(new XlaToolkit(folder)), XlaToolkit.find(environment, root));
  }

  private Path toolkit(String place) throws IOException {
    Path folder = root.resolve(place);
    for (String file : new String[] {XlaToolkit.LIBDEVICE, XlaToolkit.PTXAS}) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.createFile(folder.resolve(file));
    }
    return folder;
  }
}
