/**
 * Generators and discriminators, made of layers: pure functions from weights and inputs to tensors,
 * and the pairs that fit each other. They do not train.
 */
package org.sparring.nets;
