/**
 * Generators and discriminators: pure functions from weights and inputs to tensors. They create
 * their variables once and read them from the weights they are handed; they do not train.
 */
package org.sparring.nets;
