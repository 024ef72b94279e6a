/**
 * Recipes: every number of a run as records with defaults, read from YAML; the recipes that come
 * with the engine. Builds nothing.
 */
package org.sparring.recipes;
