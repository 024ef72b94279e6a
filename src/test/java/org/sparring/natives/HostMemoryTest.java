package org.sparring.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HostMemoryTest {
  @TempDir private Path root;
  private HostMemory memory;

  @BeforeEach
  void machine() throws IOException {
    write("proc/meminfo", "MemTotal: 9000 kB\nMemAvailable:    5000 kB\nSwapFree:  1000 kB\n");
    write("proc/self/limits", "Max address space         unlimited            unlimited   bytes\n");
    write("proc/self/status", "VmPeak: 5 kB\nVmSize:\t    3000 kB\n");
    memory = new HostMemory(root.resolve("proc"), root.resolve("cgroup"));
  }

  @Test
  void withoutLimitsItIsWhatTheMachineHas() {
    assertEquals(OptionalLong.of(6000 * 1024), memory.available());
  }

  @Test
  void aLimitOfTheAddressSpaceLeavesWhatIsNotMapped() throws IOException {
    write("proc/self/limits", "Max address space         5120000              5120000     bytes\n");
    assertEquals(OptionalLong.of(5_120_000 - 3000 * 1024), memory.available());
    write("proc/self/limits", "Max address space         1024000              5120000     bytes\n");
    assertEquals(OptionalLong.of(0), memory.available());
  }

  @Test
  void aControlGroupLeavesWhatIsNotUsedAndWhatIsOnlyCached() throws IOException {
    write("cgroup/memory.max", "max\n");
    write("cgroup/memory.current", "900\n");
    assertEquals(OptionalLong.of(6000 * 1024), memory.available());
    write("cgroup/memory.max", "1000\n");
    assertEquals(OptionalLong.of(100), memory.available());
    write("cgroup/memory.stat", "anon 300\ninactive_file 250\nactive_file 7\n");
    assertEquals(OptionalLong.of(350), memory.available());
  }

  /** As systemd and Slurm do it: the limit is that of a group above the process's own. */
  @Test
  void theGroupsAboveTheProcesssOwnCountToo() throws IOException {
    write("proc/self/cgroup", "0::/user.slice/job.scope\n");
    write("cgroup/user.slice/memory.max", "2000\n");
    write("cgroup/user.slice/memory.current", "500\n");
    write("cgroup/user.slice/job.scope/memory.max", "max\n");
    write("cgroup/user.slice/job.scope/memory.current", "500\n");
    assertEquals(OptionalLong.of(1500), memory.available());
    write("cgroup/user.slice/job.scope/memory.max", "600\n");
    assertEquals(OptionalLong.of(100), memory.available());
  }

  @Test
  void aGroupOfVersion1IsRead() throws IOException {
    write("proc/self/cgroup", "5:cpu,cpuacct:/job\n4:memory:/job\n");
    write("cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    write("cgroup/memory/memory.usage_in_bytes", "700\n");
    write("cgroup/memory/job/memory.limit_in_bytes", "1000\n");
    write("cgroup/memory/job/memory.usage_in_bytes", "700\n");
    write("cgroup/memory/job/memory.stat", "inactive_file 1\ntotal_inactive_file 50\n");
    assertEquals(OptionalLong.of(350), memory.available());
  }

  @Test
  void aSystemThatTellsNothingIsNotGuessedAt() {
    Path none = root.resolve("none");
    assertEquals(OptionalLong.empty(), new HostMemory(none, none).available());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thisMachineHasSome() {
    assertTrue(HostMemory.ofThisMachine().available().orElse(0) > 1 << 20);
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
