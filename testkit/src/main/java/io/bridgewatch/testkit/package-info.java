/** Builders, seeded generators, fakes and port contract tests. */
@NullMarked
package io.bridgewatch.testkit;

import org.jspecify.annotations.NullMarked;
