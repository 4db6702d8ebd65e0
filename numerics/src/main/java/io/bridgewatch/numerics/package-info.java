/** The maths: statistics, change points, log templates, on primitive arrays; knows no nouns. */
@NullMarked
package io.bridgewatch.numerics;

import org.jspecify.annotations.NullMarked;
