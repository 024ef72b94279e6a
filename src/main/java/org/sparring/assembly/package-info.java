/**
 * Builds the parts of a run from its recipe: data, networks, losses, optimizers, session options.
 * The one place where a name in a recipe becomes an object.
 */
@Internal
package org.sparring.assembly;

import org.sparring.Internal;
