package io.bridgewatch.adapter.kubernetes;

import io.bridgewatch.model.AuditRecord;
import io.bridgewatch.model.KubernetesObject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads audit events of the API server ({@code audit.k8s.io}): who asked for a change, and got it.
 * Bodies of requests and answers are passed over, whatever the audit policy writes.
 */
public final class AuditEvents {

  private static final Set<String> CHANGING =
      Set.of("create", "update", "patch", "delete", "deletecollection");

  /** The stage at which the outcome is known; the others tell of the same request again. */
  private static final String COMPLETE = "ResponseComplete";

  private static final Keep EVENT =
      Keep.only(
          "kind", Keep.ALL,
          "auditID", Keep.ALL,
          "requestURI", Keep.ALL,
          "stage", Keep.ALL,
          "verb", Keep.ALL,
          "user", Keep.only("username", Keep.ALL),
          "impersonatedUser", Keep.only("username", Keep.ALL),
          "userAgent", Keep.ALL,
          "objectRef", Keep.ALL,
          "responseStatus", Keep.only("code", Keep.ALL),
          "requestReceivedTimestamp", Keep.ALL);

  private AuditEvents() {}

  /**
   * What a delivery held.
   *
   * @param rejected events that could not be understood
   */
  public record Delivery(List<AuditRecord> records, long rejected) {
    public Delivery {
      records = List.copyOf(records);
    }
  }

  /**
   * Reads an {@code EventList}, as the API server's audit webhook posts it.
   *
   * @param json the caller bounds its size
   * @throws IllegalArgumentException if it is no such list, or only a part of one
   */
  public static Delivery read(InputStream json) {
    var records = new ArrayList<AuditRecord>();
    var rejected = new long[1];
    try (var reader = reader(json)) {
      reader.readList(
          item -> {
            if (!isEvent(item)) {
              rejected[0]++;
            }
            record(item).ifPresent(records::add);
          });
    } catch (ApiException malformed) {
      throw new IllegalArgumentException(malformed.sentence(), malformed);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
    return new Delivery(records, rejected[0]);
  }

  /**
   * Reads a line of an audit log.
   *
   * @return empty for a request that changed nothing
   * @throws ApiException if it is no audit event
   */
  static Optional<AuditRecord> line(byte[] line) throws ApiException {
    try (var reader = reader(new ByteArrayInputStream(line))) {
      ObjectReader.Read event = reader.readOne();
      if (!isEvent(event)) {
        throw new ApiException(
            FeedReason.UNKNOWN_KIND,
            "cannot read the audit log: saw %s where an audit event was expected"
                .formatted(new String(line, 0, Math.min(80, line.length), StandardCharsets.UTF_8)),
            null);
      }
      return record(event);
    }
  }

  private static ObjectReader reader(InputStream json) {
    return new ObjectReader("read audit events", json, EVENT, new Masking(""), new Interner());
  }

  private static boolean isEvent(ObjectReader.Read read) {
    return read.tree().get("auditID") instanceof String
        && read.tree().get("stage") instanceof String
        && read.tree().get("verb") instanceof String;
  }

  private static Optional<AuditRecord> record(ObjectReader.Read read) {
    var event = KubernetesObject.of(read.tree());
    double code = event.number("responseStatus", "code").orElse(0.0);
    boolean changed =
        event.text("stage").filter(COMPLETE::equals).isPresent()
            && event.text("verb").filter(CHANGING::contains).isPresent()
            && event.text("objectRef", "resource").isPresent()
            && !event.text("requestURI").orElse("").contains("dryRun=All")
            && code >= 200
            && code < 300;
    if (!changed) {
      return Optional.empty();
    }
    Instant time;
    try {
      time = Instant.parse(event.text("requestReceivedTimestamp").orElse(""));
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
    String user = event.text("user", "username").orElse("");
    return Optional.of(
        new AuditRecord(
            event.text("auditID").orElse(""),
            time,
            event.text("impersonatedUser", "username").orElse(user),
            event.text("userAgent").orElse(""),
            event.text("verb").orElse(""),
            event.text("objectRef", "apiGroup").orElse(""),
            event.text("objectRef", "resource").orElse(""),
            event.text("objectRef", "subresource").orElse(""),
            event.text("objectRef", "namespace").orElse(""),
            event.text("objectRef", "name").orElse("")));
  }
}
