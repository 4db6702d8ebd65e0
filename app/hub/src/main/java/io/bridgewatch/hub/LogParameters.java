package io.bridgewatch.hub;

import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The query parameters that say which log lines are wanted. */
record LogParameters(
    @Parameter(
            description =
                "words that must all occur in the line; words in double quotes one after the other")
        @Nullable String q,
    @Parameter(description = "such as error; several with commas") @Nullable String severity,
    @Parameter(description = "only lines of this trace") @Nullable String trace) {}
