package org.sparring.natives;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteDeviceList;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListCount;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListMemoryBytes;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListName;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListType;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SessionListDevices;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetConfig;

import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;

/**
 * A device on which TensorFlow can place ops.
 *
 * @param name such as {@code /job:localhost/replica:0/task:0/device:GPU:0}
 * @param type {@code CPU} or {@code GPU}
 * @param memoryBytes memory of the device that TensorFlow may use, in bytes
 */
public record Device(String name, String type, long memoryBytes) {

  /** Lists the devices of a session with default options: at most one GPU. */
  public static List<Device> list() {
    return list(SessionOptions.DEFAULT);
  }

  /**
   * Lists the devices of a session with these options. Uses the C API, because a Java session does
   * not list its devices. Allocates no more GPU memory than the options request.
   */
  @SuppressWarnings("try") // keeps the scope open
  public static List<Device> list(SessionOptions wanted) {
    NativeLibraries.load(wanted);
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
      BytePointer config = new BytePointer(wanted.config().toByteArray());
      TF_SetConfig(options, config, config.capacity(), status);
      status.throwExceptionIfNotOK();
      TF_Session session = TF_Session.newSession(TF_Graph.newGraph(), options, status);
      status.throwExceptionIfNotOK();
      return list(session, status);
    }
  }

  public boolean isGpu() {
    return type.equals("GPU");
  }

  private static List<Device> list(TF_Session session, TF_Status status) {
    TF_DeviceList devices = TF_SessionListDevices(session, status);
    status.throwExceptionIfNotOK();
    try {
      return IntStream.range(0, TF_DeviceListCount(devices))
          .mapToObj(i -> at(i, devices, status))
          .toList();
    } finally {
      TF_DeleteDeviceList(devices);
    }
  }

  private static Device at(int index, TF_DeviceList devices, TF_Status status) {
    return new Device(
        TF_DeviceListName(devices, index, status).getString(),
        TF_DeviceListType(devices, index, status).getString(),
        TF_DeviceListMemoryBytes(devices, index, status));
  }
}
