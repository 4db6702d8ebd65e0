package io.bridgewatch.hub;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.hub.AttachedDrill.Outcome;
import io.bridgewatch.ports.AuditEntry.Action;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets people put trouble into a simulated cluster; there is none but in a demonstration. */
@RestController
@RequestMapping("/api/v1/drill/troubles")
@Tag(name = "drill")
final class DrillController {

  private static final double MILLIS = 1000;

  private final Optional<AttachedDrill> attached;
  private final Audit audit;

  DrillController(Optional<AttachedDrill> attached, Audit audit) {
    this.attached = attached;
    this.audit = audit;
  }

  @GetMapping
  @Operation(
      operationId = "troubles",
      summary = "Troubles that can be put into the simulated cluster, and those that are in",
      description = "NotFound unless the hub runs with one, as ./bw demo does.")
  DrillApi.Troubles troubles(
      @Parameter(description = Parameters.LANGUAGE) @RequestParam(required = false)
          @Nullable String lang,
      HttpServletRequest request) {
    var drill = drill();
    var language = Parameters.language(lang, request);
    return new DrillApi.Troubles(
        drill.cluster(),
        drill.behind().toMillis() / MILLIS,
        drill.past().map(DrillController::past).orElse(null),
        drill.kinds().stream().map(kind -> kind(kind, language)).toList(),
        drill.troubles().stream().map(DrillController::in).toList());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      operationId = "causeTrouble",
      summary = "Put trouble into the simulated cluster, now, where it can be felt")
  DrillApi.TroubleIn cause(@RequestBody DrillApi.NewTrouble wanted, HttpServletRequest request) {
    var drill = drill();
    var kind = known(drill, wanted.kind());
    return switch (drill.inject(kind)) {
      case Outcome.Done done -> {
        note(Action.TROUBLE_CAUSED, done.trouble(), request);
        yield in(done.trouble());
      }
      case Outcome.AlreadyIn already ->
          throw new HubProblem(
              HttpStatus.CONFLICT,
              "TroubleAlreadyIn",
              "%s is in since %s, at %s; cure it first"
                  .formatted(kind, already.trouble().since(), already.trouble().target()));
      case Outcome.Impossible impossible -> throw impossible("put in " + kind, impossible);
      case Outcome.NotIn notIn -> throw new IllegalStateException(kind + " was put in and is not");
    };
  }

  @DeleteMapping("/{kind}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      operationId = "cureTrouble",
      summary = "Take trouble out again; what follows may need a while to mend")
  void cure(@PathVariable String kind, HttpServletRequest request) {
    switch (drill().cure(kind)) {
      case Outcome.Done done -> note(Action.TROUBLE_CURED, done.trouble(), request);
      case Outcome.NotIn notIn -> throw HubProblem.notFound("there is no trouble " + kind + " in");
      case Outcome.Impossible impossible -> throw impossible("cure " + kind, impossible);
      case Outcome.AlreadyIn already ->
          throw new IllegalStateException(kind + " was cured and is in");
    }
  }

  private AttachedDrill drill() {
    return attached.orElseThrow(
        () ->
            HubProblem.notFound(
                "no simulated cluster runs beside this hub; ./bw demo starts one with it"));
  }

  private static String known(AttachedDrill drill, @Nullable String kind) {
    return drill.kinds().stream()
        .map(AttachedDrill.Kind::id)
        .filter(id -> id.equals(kind))
        .findFirst()
        .orElseThrow(
            () -> HubProblem.invalid("kind is '" + kind + "', wanted the id of one of the kinds"));
  }

  private static HubProblem impossible(String what, Outcome.Impossible impossible) {
    return new HubProblem(
        HttpStatus.CONFLICT, "WorldRefused", "cannot " + what + ": " + impossible.why());
  }

  private void note(Action action, AttachedDrill.Trouble trouble, HttpServletRequest request) {
    audit.note(
        Caller.current().name(),
        action,
        request.getRemoteAddr(),
        trouble.kind() + " at " + trouble.target());
  }

  private static DrillApi.TroubleKind kind(AttachedDrill.Kind kind, Language language) {
    return new DrillApi.TroubleKind(
        kind.id(),
        kind.group(),
        switch (language) {
          case EN -> kind.english();
          case ZH -> kind.chinese();
        });
  }

  private static DrillApi.DrillPast past(AttachedDrill.Past past) {
    return new DrillApi.DrillPast(past.from(), past.to(), past.reached(), past.state());
  }

  private static DrillApi.TroubleIn in(AttachedDrill.Trouble trouble) {
    return new DrillApi.TroubleIn(trouble.kind(), trouble.target(), trouble.since());
  }
}
