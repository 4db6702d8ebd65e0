package io.bridgewatch.hub;

import io.bridgewatch.hub.LiveClusters.Live;
import io.bridgewatch.model.FeedStatus;
import io.bridgewatch.ports.AuditEntry.Action;
import io.bridgewatch.ports.ClusterRegistry;
import io.bridgewatch.ports.RegisteredCluster;
import io.bridgewatch.ports.RegisteredCluster.Credential;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The clusters: which are watched and how well, and registering more. */
@RestController
@RequestMapping("/api/v1/clusters")
@Tag(name = "clusters")
final class ClusterController {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  /** So that nobody hides a registration behind the route that tries one. */
  private static final String CHECK = "check";

  private final Watch watch;
  private final ClusterRegistry registry;
  private final Moments moments;
  private final HubOptions options;
  private final WebhookTokens tokens;
  private final Audit audit;
  private final InstantSource clock;

  ClusterController(
      ClusterParts parts,
      Moments moments,
      HubOptions options,
      WebhookTokens tokens,
      Audit audit,
      InstantSource clock) {
    this.watch = parts.watch();
    this.registry = parts.registry();
    this.moments = moments;
    this.options = options;
    this.tokens = tokens;
    this.audit = audit;
    this.clock = clock;
  }

  @GetMapping
  @Operation(operationId = "clusters", summary = "Which clusters are watched, and how well")
  ClusterApi.ClusterList clusters() {
    return new ClusterApi.ClusterList(watch.all().stream().map(this::shown).toList());
  }

  private ClusterApi.Cluster shown(Live live) {
    var status = live.status();
    var overview = EntityCounts.overview(live.topology());
    return new ClusterApi.Cluster(
        live.name(),
        status.state(),
        status.reason(),
        status.detail(),
        status.since(),
        live.asOf().orElse(null),
        live.source(),
        live.apiUrl(),
        live.kinds().stream().flatMap(kind -> shown(kind).stream()).toList(),
        overview.counts(),
        live.pipeline(),
        overview.troubles(),
        tokens.isOpen(live.name()));
  }

  private static Optional<ClusterApi.KindState> shown(FeedStatus status) {
    return status
        .kind()
        .map(
            kind ->
                new ClusterApi.KindState(
                    kind.resource(),
                    status.state(),
                    status.reason(),
                    status.detail(),
                    status.since()));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(operationId = "registerCluster", summary = "Register a cluster and watch it")
  ClusterApi.RegisteredCluster register(
      @RequestBody ClusterApi.ClusterRegistration wanted, HttpServletRequest request) {
    var cluster = registration(wanted);
    if (watch.find(cluster.name()).isPresent()) {
      throw new HubProblem(
          HttpStatus.CONFLICT,
          "ClusterExists",
          "there is a cluster " + cluster.name() + " already; choose another name or replace it");
    }
    keep(cluster, Action.CLUSTER_REGISTERED, request);
    return shown(cluster);
  }

  @PutMapping("/{name}")
  @Operation(
      operationId = "replaceCluster",
      summary = "Replace the address and what opens a registered cluster")
  ClusterApi.RegisteredCluster replace(
      @PathVariable String name,
      @RequestBody ClusterApi.ClusterRegistration wanted,
      HttpServletRequest request) {
    registered(name);
    var cluster = registration(wanted);
    if (!cluster.name().equals(name)) {
      throw HubProblem.invalid(
          "name is '" + cluster.name() + "', wanted " + name + ": a name cannot be changed");
    }
    keep(cluster, Action.CLUSTER_REPLACED, request);
    return shown(cluster);
  }

  private void keep(RegisteredCluster cluster, Action action, HttpServletRequest request) {
    registry.put(cluster);
    audit.note(
        Caller.current().name(),
        action,
        request.getRemoteAddr(),
        cluster.name() + " at " + cluster.apiUrl());
    watch.begin(cluster);
  }

  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      operationId = "removeCluster",
      summary =
          "Forget a registered cluster, what opens it and its audit webhook; its history is kept for"
              + " its time")
  void remove(@PathVariable String name, HttpServletRequest request) {
    registered(name);
    watch.end(name);
    registry.remove(name);
    audit.note(Caller.current().name(), Action.CLUSTER_REMOVED, request.getRemoteAddr(), name);
    if (tokens.close(name)) { // so that it does not open another cluster of this name
      audit.note(
          Caller.current().name(), Action.AUDIT_WEBHOOK_CLOSED, request.getRemoteAddr(), name);
    }
  }

  private void registered(String name) {
    if (registry.cluster(name).isPresent()) {
      return;
    }
    throw watch
        .find(name)
        .map(
            live ->
                new HubProblem(
                    HttpStatus.CONFLICT,
                    "ClusterNotRegistered",
                    "cluster "
                        + name
                        + " comes from the options that this hub was started with; change those"))
        .orElseGet(
            () ->
                new HubProblem(
                    HttpStatus.NOT_FOUND,
                    "ClusterNotFound",
                    "there is no registered cluster " + name));
  }

  @PostMapping("/" + CHECK)
  @Operation(
      operationId = "checkCluster",
      summary = "Try to reach a cluster and to read from it, without registering it")
  ClusterApi.ClusterCheck check(
      @RequestBody ClusterApi.ClusterRegistration wanted, HttpServletRequest request) {
    var cluster = registration(wanted);
    audit.note(
        Caller.current().name(),
        Action.CLUSTER_CHECKED,
        request.getRemoteAddr(),
        cluster.name() + " at " + cluster.apiUrl());
    var check = watch.check(cluster);
    return new ClusterApi.ClusterCheck(
        check.reachable(),
        check.version().orElse(null),
        check.readable(),
        check.denied(),
        check.error().orElse(null));
  }

  @GetMapping("/{name}/history")
  @Operation(operationId = "clusterHistory", summary = "Of which times something is known")
  ClusterApi.ClusterHistory history(@PathVariable String name) {
    return new ClusterApi.ClusterHistory(
        moments.stretches(moments.live(name).name()), options.retention().clusterDays());
  }

  private RegisteredCluster registration(ClusterApi.ClusterRegistration wanted) {
    if (wanted.name() == null
        || !NAME.matcher(wanted.name()).matches()
        || wanted.name().equals(CHECK)) {
      throw HubProblem.invalid(
          "wanted a name of 1 to 63 letters, digits and . _ - that begins with a letter or digit"
              + " and is not "
              + CHECK);
    }
    if (wanted.apiUrl() == null) {
      throw HubProblem.invalid("apiUrl is missing");
    }
    return new RegisteredCluster(
        wanted.name(),
        ApiAddress.checked(wanted.apiUrl()),
        pem("certificateAuthority", wanted.certificateAuthority(), "CERTIFICATE"),
        credential(wanted),
        Caller.current().name(),
        clock.instant());
  }

  private static Credential credential(ClusterApi.ClusterRegistration wanted) {
    var token = Parameters.given(wanted.token()).map(String::strip);
    var certificate = pem("clientCertificate", wanted.clientCertificate(), "CERTIFICATE");
    var key = pem("clientKey", wanted.clientKey(), "PRIVATE KEY");
    if (token.isPresent() && certificate.isEmpty() && key.isEmpty()) {
      if (!token.get().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw HubProblem.invalid("token has characters that no token has, such as a line break");
      }
      return new Credential.Token(token.get());
    }
    if (token.isEmpty() && certificate.isPresent() && key.isPresent()) {
      return new Credential.ClientCertificate(certificate.get(), key.get());
    }
    throw HubProblem.invalid("wanted either a token, or both clientCertificate and clientKey");
  }

  private static Optional<String> pem(String field, @Nullable String text, String what) {
    var given = Parameters.given(text);
    if (given.isPresent()
        && !Pattern.compile("-----BEGIN [A-Z ]*" + what + "-----").matcher(given.get()).find()) {
      throw HubProblem.invalid(field + " is no PEM text, wanted -----BEGIN " + what + "-----");
    }
    return given;
  }

  private static ClusterApi.RegisteredCluster shown(RegisteredCluster cluster) {
    return new ClusterApi.RegisteredCluster(
        cluster.name(),
        cluster.apiUrl(),
        switch (cluster.credential()) {
          case Credential.Token token -> "token";
          case Credential.ClientCertificate certificate -> "client-certificate";
        },
        cluster.registeredBy(),
        cluster.registeredAt());
  }
}
