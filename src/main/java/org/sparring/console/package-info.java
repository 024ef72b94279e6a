/**
 * Code that all commands share: option groups, exit codes, error messages, tables and progress
 * lines.
 */
@Internal
package org.sparring.console;

import org.sparring.Internal;
