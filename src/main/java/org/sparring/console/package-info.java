/**
 * What the commands share: option groups, exit codes, messages for failures, tables and progress
 * lines.
 */
@Internal
package org.sparring.console;

import org.sparring.Internal;
