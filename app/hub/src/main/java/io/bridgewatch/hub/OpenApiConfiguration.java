package io.bridgewatch.hub;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;

/**
 * Completes the OpenAPI document: which fields are always there and which may be null follows the
 * records of {@link Api}, {@link BusinessCalendarApi}, {@link ClusterApi}, {@link DrillApi}, {@link
 * LogPatternApi}, {@link PipelineApi}, {@link ProfileApi}, {@link ScalingApi}, {@link
 * ScalingJudgements}, {@link ScalingLearningApi}, {@link ScalingMetricsDocuments}, {@link
 * ScalingReport}, {@link ScorecardApi}, {@link SignalApi} and {@link TransactionApi}; every
 * operation may answer with a problem.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  private static final Map<String, Class<?>> RECORDS =
      Stream.of(
              Api.class,
              BusinessCalendarApi.class,
              ClusterApi.class,
              DrillApi.class,
              LogPatternApi.class,
              PipelineApi.class,
              ProfileApi.class,
              ScalingApi.class,
              ScalingJudgements.class,
              ScalingLearningApi.class,
              ScalingMetricsDocuments.class,
              ScalingReport.class,
              ScorecardApi.class,
              SignalApi.class,
              TransactionApi.class)
          .flatMap(documents -> Arrays.stream(documents.getDeclaredClasses()))
          .filter(Class::isRecord)
          .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

  private static final String SESSION = "session";
  private static final String CSRF = "csrf";
  private static final String LOGIN = "login";
  private static final String WEBHOOK = "auditWebhook";

  /** The operation that has a token of its own instead of a session. */
  static final String DELIVER = "deliverAuditEvents";

  @Bean
  OpenApiCustomizer completed() {
    return api -> {
      api.setInfo(new Info().title("Bridgewatch").version("v1"));
      api.setServers(null);
      secured(api);
      problems(api);
      new TreeMap<>(api.getComponents().getSchemas())
          .forEach(
              (name, schema) -> {
                var type = RECORDS.get(name);
                if (type != null) {
                  fields(type, schema);
                }
              });
    };
  }

  /** Every call needs the session's cookie; those that change something its CSRF token too. */
  private static void secured(OpenAPI api) {
    api.getComponents()
        .addSecuritySchemes(
            WEBHOOK, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"))
        .addSecuritySchemes(SESSION, key(SecurityScheme.In.COOKIE, SessionFilter.COOKIE))
        .addSecuritySchemes(CSRF, key(SecurityScheme.In.HEADER, SessionFilter.CSRF_HEADER));
    api.setSecurity(List.of(new SecurityRequirement().addList(SESSION)));
    for (var path : api.getPaths().values()) {
      path.readOperationsMap()
          .forEach(
              (method, operation) -> {
                if (LOGIN.equals(operation.getOperationId())) {
                  operation.setSecurity(List.of());
                } else if (DELIVER.equals(operation.getOperationId())) {
                  operation.setSecurity(List.of(new SecurityRequirement().addList(WEBHOOK)));
                } else if (method != PathItem.HttpMethod.GET) {
                  operation.setSecurity(
                      List.of(new SecurityRequirement().addList(SESSION).addList(CSRF)));
                }
              });
    }
  }

  private static SecurityScheme key(SecurityScheme.In in, String name) {
    return new SecurityScheme().type(SecurityScheme.Type.APIKEY).in(in).name(name);
  }

  private static void problems(OpenAPI api) {
    var resolved =
        io.swagger.v3.core.converter.ModelConverters.getInstance(true).readAll(Api.Problem.class);
    resolved.forEach((name, schema) -> api.getComponents().addSchemas(name, schema));
    for (Operation operation :
        api.getPaths().values().stream().flatMap(p -> p.readOperations().stream()).toList()) {
      operation
          .getResponses()
          .addApiResponse(
              "default",
              new ApiResponse()
                  .description("a problem, RFC 9457")
                  .content(
                      new Content()
                          .addMediaType(
                              org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                              new MediaType()
                                  .schema(new Schema<>().$ref("#/components/schemas/Problem")))));
      operation
          .getResponses()
          .values()
          .forEach(
              response -> {
                if (response.getDescription() == null || response.getDescription().isBlank()) {
                  response.setDescription(HttpStatus.OK.getReasonPhrase());
                }
              });
    }
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // as the model declares them
  private static void fields(Class<?> type, Schema schema) {
    Map<String, Schema> properties = schema.getProperties();
    var required = new ArrayList<String>();
    for (RecordComponent field : type.getRecordComponents()) {
      var property = properties.get(field.getName());
      if (property == null) {
        throw new IllegalStateException(type + " has no " + field.getName() + " in its schema");
      }
      if (required(field)) {
        required.add(field.getName());
      }
      properties.put(field.getName(), nullable(property, field.getAnnotatedType()));
    }
    schema.setRequired(required);
  }

  /** Whether a document always has this field, be it as null. */
  static boolean required(RecordComponent field) {
    var annotation =
        field.getAccessor().getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
    return annotation == null
        || annotation.requiredMode()
            != io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;
  }

  /** The schema, allowing null where the type, or the type of its items, says so. */
  @SuppressWarnings({"rawtypes", "unchecked"}) // as the model declares them
  private static Schema nullable(Schema schema, AnnotatedType type) {
    if (schema.getItems() != null
        && type instanceof AnnotatedParameterizedType list
        && list.getAnnotatedActualTypeArguments().length == 1) {
      schema.setItems(nullable(schema.getItems(), list.getAnnotatedActualTypeArguments()[0]));
    }
    if (!type.isAnnotationPresent(Nullable.class)) {
      return schema;
    }
    var ref = ref(schema, type);
    if (ref.isPresent()) {
      var either = new Schema<>();
      either.setAnyOf(
          List.of(new Schema<>().$ref(ref.get()), new Schema<>().types(Set.of("null"))));
      return either;
    }
    var types = new LinkedHashSet<String>(schema.getTypes());
    types.add("null");
    schema.setTypes(types);
    return schema;
  }

  /** What a schema refers to; springdoc forgets to say so where a record holds one of its kind. */
  private static Optional<String> ref(Schema<?> schema, AnnotatedType type) {
    return Optional.ofNullable(schema.get$ref())
        .or(
            () ->
                type.getType() instanceof Class<?> record
                        && RECORDS.get(record.getSimpleName()) == record
                    ? Optional.of("#/components/schemas/" + record.getSimpleName())
                    : Optional.empty());
  }
}
