package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.ClusterRegistry;
import io.bridgewatch.ports.RegisteredCluster;
import io.bridgewatch.ports.RegisteredCluster.Credential;
import io.bridgewatch.ports.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Registered clusters in SQLite, what opens them sealed. */
final class SqliteClusters implements ClusterRegistry {

  private static final String TOKEN = "TOKEN";
  private static final String CERTIFICATE = "CLIENT_CERTIFICATE";

  private final Sql sql;
  private final Seal seal;

  SqliteClusters(Sql sql, Seal seal) {
    this.sql = sql;
    this.seal = seal;
  }

  @Override
  public List<RegisteredCluster> clusters() {
    return sql.list(this::cluster, "SELECT * FROM cluster ORDER BY name");
  }

  @Override
  public Optional<RegisteredCluster> cluster(String name) {
    return sql.first(this::cluster, "SELECT * FROM cluster WHERE name = ?", name);
  }

  @Override
  public void put(RegisteredCluster cluster) {
    String kind =
        switch (cluster.credential()) {
          case Credential.Token token -> TOKEN;
          case Credential.ClientCertificate certificate -> CERTIFICATE;
        };
    Optional<String> certificate =
        cluster.credential() instanceof Credential.ClientCertificate c
            ? Optional.of(c.certificate())
            : Optional.empty();
    String secret =
        switch (cluster.credential()) {
          case Credential.Token(String token) -> token;
          case Credential.ClientCertificate(String ignored, String key) -> key;
        };
    sql.update(
        "INSERT OR REPLACE INTO cluster (name, api_url, certificate_authority, credential_kind,"
            + " certificate, sealed, registered_by, registered_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        cluster.name(),
        cluster.apiUrl(),
        cluster.certificateAuthority().orElse(null),
        kind,
        certificate.orElse(null),
        seal.close(secret, belongsTo(cluster.name(), kind)),
        cluster.registeredBy(),
        cluster.registeredAt());
  }

  private static String belongsTo(String name, String kind) {
    return "cluster " + name + " " + kind;
  }

  @Override
  public boolean remove(String name) {
    return sql.update("DELETE FROM cluster WHERE name = ?", name) == 1;
  }

  private RegisteredCluster cluster(ResultSet row) throws SQLException {
    String name = row.getString("name");
    String kind = row.getString("credential_kind");
    String secret = seal.open(row.getBytes("sealed"), belongsTo(name, kind));
    Credential credential =
        switch (kind) {
          case TOKEN -> new Credential.Token(secret);
          case CERTIFICATE ->
              new Credential.ClientCertificate(row.getString("certificate"), secret);
          default ->
              throw new StoreException(
                  "cannot read cluster " + name + ": unknown credential " + kind);
        };
    return new RegisteredCluster(
        name,
        row.getString("api_url"),
        Optional.ofNullable(row.getString("certificate_authority")),
        credential,
        row.getString("registered_by"),
        Instant.ofEpochMilli(row.getLong("registered_at")));
  }
}
