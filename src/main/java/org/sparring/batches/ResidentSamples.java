package org.sparring.batches;

import java.util.ArrayList;
import java.util.List;
import org.sparring.data.Dataset;
import org.sparring.graph.Batch;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * A data set that fits into device memory: each field is one variable, named {@code SOURCE/FIELD},
 * and a minibatch is a gather from it. Nothing is fed in a step. The variables are not part of
 * checkpoints.
 */
public final class ResidentSamples implements RealSamples {
  private final SampleReading reading;
  private final List<StoredField> fields;
  private final List<Column> columns = new ArrayList<>();

  /** One field of all samples on the device. */
  private record Column(
      StoredField field, VarHandleOp variable, Placeholder<? extends TType> upload, Op store) {
    static Column of(Ops graph, String source, StoredField field, int size) {
      Ops tf = field.where(graph);
      var rows = field.rows(size);
      VarHandleOp variable =
          tf.withName(source + "." + field.name())
              .varHandleOp(field.type(), rows, VarHandleOp.sharedName(source + "/" + field.name()));
      Placeholder<? extends TType> upload =
          tf.withName(source + "." + field.name() + ".upload")
              .placeholder(field.type(), Placeholder.shape(rows));
      return new Column(field, variable, upload, tf.assignVariableOp(variable, upload));
    }
  }

  /**
   * @param tf where the variables are made
   */
  public ResidentSamples(Ops tf, SampleReading reading) {
    this.reading = reading;
    fields = reading.fields();
    int size = reading.dataset().size();
    fields.forEach(field -> columns.add(Column.of(tf, reading.source(), field, size)));
  }

  @Override
  public long size() {
    return reading.dataset().size();
  }

  @Override
  public Batch batch(Ops tf, Operand<TInt64> position) {
    Operand<TInt64> chosen =
        reading.order().indices(tf, SampleOrder.positions(tf, position, reading.batch()));
    List<Operand<? extends TType>> gathered = new ArrayList<>();
    for (Column column : columns) {
      Ops there = column.field().where(tf);
      gathered.add(there.resourceGather(column.variable(), chosen, column.field().type()));
    }
    return StoredField.batch(tf, fields, gathered, reading.batch());
  }

  @Override
  public void load(Session session) {
    Dataset dataset = reading.dataset();
    for (Column column : columns) {
      var bytes = dataset.readAll(column.field().field());
      try (TType tensor = column.field().tensor(dataset.size(), bytes)) {
        session.runner().feed(column.upload(), tensor).addTarget(column.store()).run().close();
      }
    }
  }
}
