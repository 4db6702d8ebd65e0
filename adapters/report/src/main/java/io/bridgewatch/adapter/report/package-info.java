/** Situation reports for people and programs: sentences in two languages, text and JSON. */
@NullMarked
package io.bridgewatch.adapter.report;

import org.jspecify.annotations.NullMarked;
