/**
 * What the two players compute and lose: networks, losses, penalties and augmentation of a task at
 * a point of the weights.
 */
package org.sparring.tasks;
