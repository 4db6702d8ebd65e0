/**
 * The library of troubles: each is put into the world as a cause and seen only by what follows from
 * it; each knows what it truly is, and how it is cured.
 */
@NullMarked
package io.bridgewatch.drill.fault;

import org.jspecify.annotations.NullMarked;
