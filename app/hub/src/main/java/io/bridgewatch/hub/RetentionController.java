package io.bridgewatch.hub;

import io.bridgewatch.engine.Housekeeping;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
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

  @GetMapping
  @Operation(operationId = "retention", summary = "What is kept, since when, and in how much room")
  ClusterApi.Retention retention() {
    var state = housekeeping.state();
    return new ClusterApi.Retention(
        state.asOf(),
        state.kept().stream()
            .map(
                kept ->
                    new ClusterApi.RetainedKind(
                        kept.kind(),
                        kept.external(),
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
