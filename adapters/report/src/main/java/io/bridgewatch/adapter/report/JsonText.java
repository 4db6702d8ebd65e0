package io.bridgewatch.adapter.report;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** Trees of maps, lists, strings, numbers and booleans as JSON text. */
final class JsonText {

  private static final JsonFactory JSON = new JsonFactory();

  private static final Separators COLON_AND_BLANK =
      Separators.createDefaultInstance()
          .withObjectNameValueSpacing(Separators.Spacing.AFTER)
          .withObjectEmptySeparator("")
          .withArrayEmptySeparator("");

  private JsonText() {}

  static String compact(@Nullable Object tree) {
    return text(tree, ObjectWriteContext.empty());
  }

  static String indented(@Nullable Object tree) {
    var indenter = new DefaultIndenter("  ", "\n");
    return text(
        tree,
        new ObjectWriteContext.Base() {
          @Override
          public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter()
                .withSeparators(COLON_AND_BLANK)
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
          }
        });
  }

  private static String text(@Nullable Object tree, ObjectWriteContext context) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(context, text)) {
      write(tree, json);
    }
    return text.toString();
  }

  private static void write(@Nullable Object value, JsonGenerator json) {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Boolean flag -> json.writeBoolean(flag);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number -> writeNumber(number, json);
      case Map<?, ?> map -> {
        json.writeStartObject();
        map.forEach(
            (name, field) -> {
              json.writeName(String.valueOf(name));
              write(field, json);
            });
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(item -> write(item, json));
        json.writeEndArray();
      }
      default ->
          throw new IllegalArgumentException(
              "cannot write a " + value.getClass().getName() + " as JSON");
    }
  }

  /** Whole numbers stand without a fraction; what JSON has no number for stands as null. */
  private static void writeNumber(double number, JsonGenerator json) {
    if (!Double.isFinite(number)) {
      json.writeNull();
    } else if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      json.writeNumber((long) number);
    } else {
      json.writeNumber(number);
    }
  }
}
