package io.bridgewatch.kubernetes.server;

import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Objects as rows of a {@code Table}, which is how kubectl asks for what it prints. */
final class Tables {
  private final InstantSource time;

  /**
   * @param time for the age of objects
   */
  Tables(InstantSource time) {
    this.time = time;
  }

  /** A table of one object. */
  ObjectNode of(ApiKind kind, StoredObject object) {
    var metadata = Json.object().put("resourceVersion", Long.toString(object.version()));
    return of(kind, List.of(object), metadata);
  }

  /**
   * @param metadata of the list
   */
  ObjectNode of(ApiKind kind, List<StoredObject> objects, ObjectNode metadata) {
    var columns = TableColumns.of(kind);
    var table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    table.set("metadata", metadata);
    var definitions = table.putArray("columnDefinitions");
    for (var column : columns) {
      definitions
          .addObject()
          .put("name", column.name())
          .put("type", column.type())
          .put("format", column.name().equals("Name") ? "name" : "")
          .put("description", column.name())
          .put("priority", column.isWide() ? 1 : 0);
    }
    var now = time.instant();
    var rows = table.putArray("rows");
    for (var object : objects) {
      var tree = object.tree(kind);
      var row = rows.addObject();
      var cells = row.putArray("cells");
      for (var column : columns) {
        cells.addPOJO(column.cell().apply(tree, now));
      }
      var partial = row.putObject("object");
      partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
      partial.set("metadata", tree.get("metadata"));
    }
    return table;
  }
}
