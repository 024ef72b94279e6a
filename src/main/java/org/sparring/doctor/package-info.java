/** Checks of the machine for {@code sparring doctor}: Java, memory, natives, GPU, CUDA, storage. */
@Internal
package org.sparring.doctor;

import org.sparring.Internal;
