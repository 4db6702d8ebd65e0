package io.bridgewatch.hub;

import io.bridgewatch.ports.PageRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Query parameters, checked. */
final class Parameters {

  private Parameters() {}

  static PageRequest page(int limit, @Nullable String cursor) {
    if (limit < 1 || limit > PageRequest.LARGEST) {
      throw HubProblem.invalid("limit is " + limit + ", wanted 1 to " + PageRequest.LARGEST);
    }
    return new PageRequest(limit, given(cursor));
  }

  /** Empty text counts as not given. */
  static Optional<String> given(@Nullable String value) {
    return Optional.ofNullable(value).filter(text -> !text.isBlank());
  }
}
