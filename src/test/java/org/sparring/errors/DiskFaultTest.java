package org.sparring.errors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.exceptions.TFOutOfRangeException;
import org.tensorflow.exceptions.TFPermissionDeniedException;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;

class DiskFaultTest {
  private static final String SHARD = "run/checkpoints/.writing-step-00000010/variables.index";

  /** The texts of Linux, which Java takes over as the reason. */
  @ParameterizedTest
  @CsvSource({
    "No space left on device, FULL",
    "Disk quota exceeded, QUOTA",
    "File too large, FILE_SIZE",
    "Input/output error, DEVICE",
    "Read-only file system, READ_ONLY"
  })
  void whatJavaSaysOfAFileAndOfAStream(String reason, DiskFault fault) {
    assertEquals(fault, found(new FileSystemException("run/metrics.jsonl", null, reason)));
    assertEquals(fault, found(new IOException(reason)));
  }

  /** Each with the class that TensorFlow gives to the error number. */
  @Test
  void whatTensorFlowSaysBehindTheFile() {
    assertEquals(
        DiskFault.FULL,
        found(new TFResourceExhaustedException(SHARD + "; No space left on device")));
    assertEquals(
        DiskFault.QUOTA, found(new TFResourceExhaustedException(SHARD + "; Disk quota exceeded")));
    assertEquals(DiskFault.FILE_SIZE, found(new TFOutOfRangeException(SHARD + "; File too large")));
    assertEquals(DiskFault.DEVICE, found(new TensorFlowException(SHARD + "; Input/output error")));
    assertEquals(
        DiskFault.READ_ONLY,
        found(new TFPermissionDeniedException(SHARD + "; Read-only file system")));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatThisSystemSaysOfAFullDevice() {
    Path full = Path.of("/dev/full");
    assertEquals(
        DiskFault.FULL,
        found(assertThrows(IOException.class, () -> Files.write(full, new byte[1]))));
  }

  @Test
  void aCauseIsFoundBehindOthers() {
    IOException fault = new IOException("Input/output error");
    assertEquals(
        DiskFault.DEVICE, found(new IllegalStateException(new UncheckedIOException(fault))));
    assertEquals(DiskFault.DEVICE, found(new RuntimeException(null, fault)));
    assertEquals(
        DiskFault.QUOTA,
        found(new IOException("Disk quota exceeded", fault)),
        "the one that is nearest");
  }

  @Test
  void whatIsNoFaultOfTheDiskIsNone() {
    for (Throwable other :
        List.of(
            new IOException("Permission denied"),
            new FileSystemException("run"),
            new TFResourceExhaustedException("OOM when allocating tensor with shape[4096,64]"),
            new RuntimeException())) {
      assertEquals(Optional.empty(), DiskFault.in(other), other.toString());
    }
  }

  @Test
  void aCircleOfCausesEnds() {
    IOException one = new IOException("one");
    IOException other = new IOException("other", one);
    one.initCause(other);
    Duration soon = Duration.ofSeconds(20);
    assertEquals(Optional.empty(), assertTimeoutPreemptively(soon, () -> DiskFault.in(other)));
  }

  private static DiskFault found(Throwable failure) {
    return DiskFault.in(failure).orElseThrow();
  }
}
