/**
 * Networks from images to images of any size, and discriminators that judge the patches of an
 * image: pure functions from weights and inputs to tensors. They do not train.
 */
package org.sparring.translators;
