package org.sparring.distributed;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.sparring.errors.TrainingException;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;

/**
 * Opens a session on a server. TensorFlow Java 1.1.0 has no public way to name the server, so this
 * class reaches for a hidden field and a hidden constructor; no other class does.
 */
final class TargetSession {
  private TargetSession() {}

  static Session open(Graph graph, String target, ConfigProto config) {
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
      tensorflow.TF_SetTarget(options, target);
      BytePointer bytes = new BytePointer(config.toByteArray());
      tensorflow.TF_SetConfig(options, bytes, bytes.capacity(), status);
      status.throwExceptionIfNotOK();
      TF_Session handle = TF_Session.newSession(handle(graph), options, status);
      status.throwExceptionIfNotOK();
      handle.retainReference(); // the session releases it
      Constructor<Session> made =
          Session.class.getDeclaredConstructor(Graph.class, TF_Session.class);
      made.setAccessible(true);
      return made.newInstance(graph, handle);
    } catch (ReflectiveOperationException e) {
      throw new TrainingException(
          "this version of TensorFlow Java cannot connect a session to a server: " + e);
    }
  }

  private static TF_Graph handle(Graph graph) throws ReflectiveOperationException {
    Field field = Graph.class.getDeclaredField("nativeHandle");
    field.setAccessible(true);
    return (TF_Graph) field.get(graph);
  }
}
