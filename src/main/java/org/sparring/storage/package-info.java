/**
 * Replaces files and folders atomically, forces them to disk, and explains disk failures.
 * Independent of TensorFlow and of the contents.
 */
@Internal
package org.sparring.storage;

import org.sparring.Internal;
