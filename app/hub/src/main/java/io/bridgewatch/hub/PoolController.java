package io.bridgewatch.hub;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.hub.Moments.Moment;
import io.bridgewatch.topology.Amounts;
import io.bridgewatch.topology.Pools;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What there is, who asks for how much of it, and what fits where. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "pools")
final class PoolController {

  private static final Pattern QUANTITY =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?");

  private static final Map<String, Double> UNITS =
      Map.of(
          "m", 1e-3, "k", 1e3, "M", 1e6, "G", 1e9, "T", 1e12, "Ki", 0x1p10, "Mi", 0x1p20, "Gi",
          0x1p30, "Ti", 0x1p40);

  private static final String ARCHITECTURE_LABEL = "kubernetes.io/arch";

  private final Moments moments;

  PoolController(Moments moments) {
    this.moments = moments;
  }

  @GetMapping("/pools")
  @Operation(
      operationId = "pools",
      summary = "Nodes by pool, with what they have and what is asked")
  ClusterApi.PoolList pools(
      @Parameter(description = "name; all clusters if not given") @RequestParam(required = false)
          @Nullable String cluster,
      @Parameter(schema = @Schema(allowableValues = {"pool", "arch", "zone", "node-label"}))
          @RequestParam(defaultValue = "pool")
          String by,
      @Parameter(description = "the node label of by=node-label") @RequestParam(required = false)
          @Nullable String label,
      @Parameter(description = Parameters.AT) @RequestParam(required = false) @Nullable String at) {
    var key = key(by, label);
    var from = moments.some(cluster, Parameters.time("at", at));
    return new ClusterApi.PoolList(
        from.stream()
            .flatMap(
                moment ->
                    Pools.ofNodes(moment.topology(), key).stream()
                        .map(pool -> pool(moment.cluster(), pool)))
            .toList(),
        Moments.asOf(from).orElse(null));
  }

  private static Pools.NodeKey key(String by, @Nullable String label) {
    return switch (by) {
      case "pool" -> new Pools.NodeKey.ByPool();
      case "arch" -> new Pools.NodeKey.ByArchitecture();
      case "zone" -> new Pools.NodeKey.ByZone();
      case "node-label" ->
          new Pools.NodeKey.ByLabel(
              Parameters.given(label)
                  .orElseThrow(() -> HubProblem.invalid("label is missing, by is node-label")));
      default ->
          throw HubProblem.invalid("by is '" + by + "', wanted pool, arch, zone or node-label");
    };
  }

  private static ClusterApi.Pool pool(String cluster, Pools.Pool pool) {
    return new ClusterApi.Pool(
        cluster,
        pool.name(),
        pool.nodes(),
        pool.readyNodes(),
        resources(pool.capacity()),
        resources(pool.allocatable()),
        resources(pool.requests()),
        resources(pool.limits()),
        pool.pods(),
        pool.unrequested(),
        pool.troubled());
  }

  private static ClusterApi.Resources resources(Amounts amounts) {
    return new ClusterApi.Resources(amounts.cpu(), amounts.memory(), amounts.pods());
  }

  @GetMapping("/teams")
  @Operation(operationId = "teams", summary = "Who runs how much, and asks for how much")
  ClusterApi.OwnerList teams(
      @Parameter(description = "name; all clusters if not given") @RequestParam(required = false)
          @Nullable String cluster,
      @Parameter(schema = @Schema(allowableValues = {"team", "application", "namespace"}))
          @RequestParam(defaultValue = "team")
          String by,
      @Parameter(description = Parameters.AT) @RequestParam(required = false) @Nullable String at) {
    var key = Parameters.word(Pools.OwnerKey.class, "by", by);
    var from = moments.some(cluster, Parameters.time("at", at));
    return new ClusterApi.OwnerList(
        from.stream()
            .flatMap(
                moment ->
                    Pools.ofOwners(moment.topology(), key).stream()
                        .map(owner -> owner(moment.cluster(), owner)))
            .toList(),
        Moments.asOf(from).orElse(null));
  }

  private static ClusterApi.Owner owner(String cluster, Pools.Pool owner) {
    return new ClusterApi.Owner(
        cluster,
        owner.name(),
        owner.nodes(),
        resources(owner.requests()),
        resources(owner.limits()),
        owner.pods(),
        owner.unrequested(),
        owner.troubled());
  }

  @GetMapping("/placement")
  @Operation(
      operationId = "placement",
      summary = "Where pods of a size fit by requests, labels and taints",
      description = "Affinities, volumes and priorities are not looked at.")
  ClusterApi.Placement placement(
      @Parameter(description = "name; all clusters if not given") @RequestParam(required = false)
          @Nullable String cluster,
      @Parameter(description = "cores, such as 0.5 or 500m") @RequestParam(required = false)
          @Nullable String cpu,
      @Parameter(description = "bytes, such as 512Mi") @RequestParam(required = false)
          @Nullable String memory,
      @Parameter(description = "labels that a node must have: key=value; several with commas")
          @RequestParam(required = false)
          @Nullable List<String> nodeSelector,
      @Parameter(description = "such as arm64") @RequestParam(required = false)
          @Nullable String arch,
      @Parameter(description = "keys of taints that the pods bear; several with commas; * for all")
          @RequestParam(required = false)
          @Nullable String tolerate,
      @Parameter(schema = @Schema(allowableValues = {"pool", "arch", "zone", "node-label"}))
          @RequestParam(defaultValue = "pool")
          String by,
      @Parameter(description = "the node label of by=node-label") @RequestParam(required = false)
          @Nullable String label,
      @Parameter(
              description = Parameters.LANGUAGE,
              schema = @Schema(allowableValues = {"zh", "en"}))
          @RequestParam(required = false)
          @Nullable String lang,
      HttpServletRequest request) {
    var language = Parameters.language(lang, request);
    var selector = new TreeMap<>(Parameters.pairs("nodeSelector", nodeSelector));
    Parameters.given(arch).ifPresent(value -> selector.put(ARCHITECTURE_LABEL, value));
    var wish =
        new Pools.Wish(
            amount("cpu", cpu),
            amount("memory", memory),
            selector,
            new HashSet<>(Parameters.list(tolerate)));
    var key = key(by, label);
    var from = moments.some(cluster, Optional.empty());
    var places =
        from.stream()
            .flatMap(
                moment ->
                    Pools.placement(moment.topology(), wish, key).stream()
                        .map(place -> place(moment, place, language)))
            .toList();
    return new ClusterApi.Placement(
        places.stream().mapToLong(ClusterApi.PoolPlacement::fits).sum(),
        places,
        Moments.asOf(from).orElse(null));
  }

  private static ClusterApi.PoolPlacement place(
      Moment moment, Pools.Place place, Language language) {
    return new ClusterApi.PoolPlacement(
        moment.cluster(),
        place.pool(),
        place.fits(),
        place.nodes(),
        new TreeMap<>(place.refusals())
            .entrySet().stream()
                .map(
                    refusal ->
                        new ClusterApi.Refusal(
                            word(refusal.getKey()),
                            text(refusal.getKey(), language),
                            refusal.getValue()))
                .toList(),
        resources(place.largest()));
  }

  private static String word(Pools.Refusal refusal) {
    return Arrays.stream(refusal.name().split("_"))
        .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  private static String text(Pools.Refusal refusal, Language language) {
    boolean chinese = language == Language.ZH;
    return switch (refusal) {
      case NOT_READY -> chinese ? "节点未就绪" : "node not ready";
      case CORDONED -> chinese ? "节点已停止调度" : "node cordoned";
      case SELECTOR_DIFFERS -> chinese ? "标签不符" : "labels differ";
      case TAINTED -> chinese ? "有未容忍的污点" : "taint not tolerated";
      case TOO_LITTLE_CPU -> chinese ? "CPU 不足" : "too little CPU left";
      case TOO_LITTLE_MEMORY -> chinese ? "内存不足" : "too little memory left";
      case TOO_MANY_PODS -> chinese ? "Pod 数已满" : "takes no more pods";
    };
  }

  /** A quantity as Kubernetes writes it; zero if not given. */
  private static double amount(String name, @Nullable String text) {
    var given = Parameters.given(text).map(String::strip);
    if (given.isEmpty()) {
      return 0;
    }
    var matcher = QUANTITY.matcher(given.get());
    if (!matcher.matches()) {
      throw HubProblem.invalid(
          name + " is '" + given.get() + "', wanted a quantity such as 0.5, 500m or 512Mi");
    }
    String unit = matcher.group(2) == null ? "" : matcher.group(2);
    return Double.parseDouble(matcher.group(1)) * UNITS.getOrDefault(unit, 1.0);
  }
}
