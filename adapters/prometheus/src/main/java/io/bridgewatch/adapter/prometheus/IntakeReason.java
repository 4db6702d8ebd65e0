package io.bridgewatch.adapter.prometheus;

/** Why something that came in was not used. */
public enum IntakeReason {
  /** The whole body is something else, such as an error's text. */
  NOT_METRICS("NotMetrics"),
  /** A line, or a series with its labels, is longer than the limit. */
  LINE_TOO_LONG("LineTooLong"),
  /** The body is longer than the limit; what came before was used. */
  BODY_TOO_LARGE("BodyTooLarge"),
  /** More samples than the limit; the first ones were used. */
  TOO_MANY_SAMPLES("TooManySamples"),
  /** A series has more labels than the limit. */
  TOO_MANY_LABELS("TooManyLabels"),
  /** More metrics are described than the limit; their samples are used as gauges. */
  TOO_MANY_FAMILIES("TooManyFamilies"),
  /** More exemplars than the limit; their samples were used. */
  TOO_MANY_EXEMPLARS("TooManyExemplars"),
  /** A sample without the name of a metric, or with one that is none. */
  NAME_INVALID("NameInvalid"),
  /** Labels that are not name="value" pairs in braces. */
  LABELS_INVALID("LabelsInvalid"),
  /** A label's value is longer than the limit. */
  LABEL_TOO_LONG("LabelTooLong"),
  /** A label's name stands twice in one series. */
  DUPLICATE_LABEL("DuplicateLabel"),
  /** Text that is not UTF-8. */
  UTF8_INVALID("Utf8Invalid"),
  /** No value, or one that is no number. */
  VALUE_INVALID("ValueInvalid"),
  /** A time that is no number, or beyond what fits in milliseconds. */
  TIMESTAMP_INVALID("TimestampInvalid"),
  /** Something follows where a line should end. */
  TEXT_AFTER_SAMPLE("TextAfterSample"),
  /** A TYPE, HELP or UNIT line without a metric or with an unknown type. */
  METADATA_INVALID("MetadataInvalid"),
  /** An exemplar that cannot be read; its sample was used. */
  EXEMPLAR_INVALID("ExemplarInvalid"),
  /** A second sample of the same series and time. */
  DUPLICATE_SAMPLE("DuplicateSample"),
  /** An OpenMetrics page without its {@code # EOF}: cut off, perhaps. */
  END_MISSING("EndMissing"),
  /** Lines after {@code # EOF}. */
  TEXT_AFTER_END("TextAfterEnd"),
  /** JSON that ends early, is none or is nested too deep. */
  JSON_INVALID("JsonInvalid"),
  /** A pod, container, volume or interface that does not say which it is. */
  ENTRY_INVALID("EntryInvalid"),
  /** Bytes that are not Snappy's block format. */
  COMPRESSION_INVALID("CompressionInvalid"),
  /** Bytes that are not the message they should be; what came before was used. */
  PROTOBUF_INVALID("ProtobufInvalid"),
  /** More series than the limit; the first ones were used. */
  TOO_MANY_SERIES("TooManySeries"),
  /** A reference to a symbol that is not there. */
  SYMBOL_INVALID("SymbolInvalid"),
  /** A native histogram whose spans and counts do not fit together. */
  HISTOGRAM_INVALID("HistogramInvalid"),
  /** A monitor's relabelings of metrics leave the series out, or without a name. */
  RELABELED("Relabeled"),
  /** A series of a family that tells little, left out because that was asked for. */
  NOISE("Noise");

  private final String id;

  IntakeReason(String id) {
    this.id = id;
  }

  /** The word that people search for. */
  public String id() {
    return id;
  }
}
