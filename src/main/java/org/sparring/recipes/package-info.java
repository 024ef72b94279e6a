/**
 * Recipes: all settings of a run as records with defaults, one file for each group of keys, read
 * from YAML; and the recipes that come with Sparring.
 */
package org.sparring.recipes;
