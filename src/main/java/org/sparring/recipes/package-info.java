/**
 * Recipes: all settings of a run as records with defaults, one file for each group of keys, read
 * from YAML; the recipes that come with the engine.
 */
package org.sparring.recipes;
