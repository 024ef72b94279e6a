/**
 * The commands: each parses its arguments, makes one call and answers with an exit code. No logic
 * of the engine lives here.
 */
@Internal
package org.sparring.cli;

import org.sparring.Internal;
