/**
 * Files and folders that are replaced as a whole and forced to the disk, and the failures of a disk
 * in plain words. Knows nothing of TensorFlow or of what is stored.
 */
@Internal
package org.sparring.storage;

import org.sparring.Internal;
