/** Training on several devices: one process for each, on TensorFlow's distributed runtime. */
package org.sparring.distributed;
