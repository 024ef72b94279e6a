/**
 * The published benchmarks of mode collapse: trains recipes on them, several seeds each, and scores
 * the modes that the generator covers.
 */
@Internal
package org.sparring.modes;

import org.sparring.Internal;
