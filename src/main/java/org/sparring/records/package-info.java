/** Data sets in binary formats: IDX, CIFAR, EMNIST, NumPy, Parquet and TFRecord. */
@Internal
package org.sparring.records;

import org.sparring.Internal;
