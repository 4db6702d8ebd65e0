package io.bridgewatch.cli;

import io.bridgewatch.adapter.bundle.BundleException;
import io.bridgewatch.adapter.report.Language;

/** Why a bundle was refused, in the language of the run. */
final class Refusals {

  private Refusals() {}

  /** What could not be done and the word to search for. */
  static String text(BundleException e, Language language) {
    String word = e.reason().id();
    return switch (language) {
      case EN -> e.getMessage() + " (" + word + ")";
      case ZH -> chinese(e.reason()) + "（" + word + "）：" + e.getMessage();
    };
  }

  private static String chinese(BundleException.Reason reason) {
    return switch (reason) {
      case NOT_READABLE -> "无法读取，请检查路径与权限";
      case UNKNOWN_CONTAINER -> "不是目录、.zip 或 .tar.gz";
      case DAMAGED_ARCHIVE -> "压缩包已损坏或不完整";
      case UNSAFE_ENTRY -> "压缩包含有不安全的条目";
      case DUPLICATE_ENTRY -> "压缩包含有重名条目";
      case MANIFEST_MISSING -> "缺少 bundle.json";
      case MANIFEST_INVALID -> "bundle.json 无法读取或缺少必要内容";
      case UNSUPPORTED_FORMAT -> "本版本不支持该格式";
      case WINDOW_INVALID -> "时间窗颠倒或过长";
      case DOCUMENT_BROKEN -> "必须完整读取的文件已损坏";
      case LIMIT_EXCEEDED -> "超出导入限制";
    };
  }
}
