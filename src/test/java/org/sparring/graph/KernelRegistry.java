package org.sparring.graph;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.GraphOperation;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.KernelDef;
import org.tensorflow.proto.KernelList;

/** The kernels that TensorFlow's natives were built with, whether or not there is a device. */
public final class KernelRegistry {
  private final Map<String, List<KernelDef>> byOp = new HashMap<>();

  /** Whether an op of its types can run on a device such as {@code GPU}. */
  public boolean has(GraphOperation op, String device) {
    return byOp.computeIfAbsent(op.type(), KernelRegistry::registered).stream()
        .filter(kernel -> Set.of(device, "DEFAULT").contains(kernel.getDeviceType()))
        .anyMatch(kernel -> fits(kernel, op));
  }

  private static boolean fits(KernelDef kernel, GraphOperation op) {
    return kernel.getConstraintList().stream()
        .filter(constraint -> constraint.getAllowedValues().getList().getTypeCount() > 0)
        .allMatch(
            constraint ->
                constraint
                    .getAllowedValues()
                    .getList()
                    .getTypeList()
                    .contains(op.attributes().getAttrType(constraint.getName())));
  }

  @SuppressWarnings("try") // the scope is only held
  private static List<KernelDef> registered(String op) {
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_Buffer buffer = tensorflow.TF_GetRegisteredKernelsForOp(op, status);
      status.throwExceptionIfNotOK();
      return KernelList.parseFrom(buffer.dataAsByteBuffer()).getKernelList();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
