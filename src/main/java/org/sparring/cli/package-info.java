/**
 * The commands: each parses its arguments, makes one call and answers with an exit code. Contains
 * no other logic.
 */
@Internal
package org.sparring.cli;

import org.sparring.Internal;
