package io.bridgewatch.hub;

import io.swagger.v3.oas.annotations.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query parameters that say of what, and of which time, signals are wanted. */
record SignalParameters(
    @Parameter(description = "name; of an entity it need not be given while there is only one")
        @Nullable String cluster,
    @Parameter(description = "of an entity, such as pod; everything if not given")
        @Nullable String type,
    @Nullable String namespace,
    @Parameter(description = "of an entity; wanted where its type is given") @Nullable String name,
    @Parameter(description = "of an object without a type of its own") @Nullable String kind,
    @Parameter(description = "of a container") @Nullable String pod,
    @Parameter(
            description =
                "name=value or name!=value; given several times, all must hold; an attribute that"
                    + " is absent has the empty value")
        @Nullable List<String> attribute,
    @Parameter(description = "RFC 3339, inclusive; an hour before to if not given")
        @Nullable String from,
    @Parameter(description = "RFC 3339, exclusive; now if not given") @Nullable String to) {}
