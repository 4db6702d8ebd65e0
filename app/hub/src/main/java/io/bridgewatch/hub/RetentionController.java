package io.bridgewatch.hub;

import io.bridgewatch.engine.Housekeeping;
import io.bridgewatch.ports.Retained;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far back what is kept goes, and the room it takes. */
@RestController
@RequestMapping("/api/v1/retention")
@Tag(name = "retention")
final class RetentionController {

  private final Housekeeping housekeeping;

  RetentionController(Housekeeping housekeeping) {
    this.housekeeping = housekeeping;
  }

  @Schema(name = "Retention")
  record Shown(
      @Schema(description = "when it was looked at last") Instant asOf,
      List<Kept> kept,
      @Schema(description = "that all together may take; absent if there is no limit")
          @Nullable Long budgetBytes,
      @Schema(description = "free on the disk") long usableBytes,
      @Schema(description = "that is to stay free on the disk") long leastUsableBytes,
      @Schema(description = "what could not be done about the room") @Nullable String trouble) {}

  @Schema(name = "RetainedKind")
  record Kept(
      Retained.Kind kind,
      long bytes,
      @Nullable Instant oldest,
      int keepDays,
      @Schema(description = "until when it was given up for want of room")
          @Nullable Instant givenUp) {}

  @GetMapping
  @Operation(operationId = "retention", summary = "What is kept, since when, and in how much room")
  Shown retention() {
    var state = housekeeping.state();
    return new Shown(
        state.asOf(),
        state.kept().stream()
            .map(
                kept ->
                    new Kept(
                        kept.kind(),
                        kept.bytes(),
                        kept.oldest().orElse(null),
                        (int) kept.keep().toDays(),
                        kept.givenUp().orElse(null)))
            .toList(),
        state.settings().budgetBytes().isPresent()
            ? state.settings().budgetBytes().getAsLong()
            : null,
        state.usableBytes(),
        state.settings().leastUsableBytes(),
        state.trouble().orElse(null));
  }
}
