package io.bridgewatch.hub;

import io.bridgewatch.ports.InvalidCursorException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/** Answers every failure with a problem document. */
@ControllerAdvice
@Controller
final class ProblemAdvice implements ErrorController {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  private final ProblemWriter writer;

  ProblemAdvice(ProblemWriter writer) {
    this.writer = writer;
  }

  @ExceptionHandler
  void failed(Exception e, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    if (e instanceof AccessDeniedException || e instanceof AuthenticationException) {
      throw e; // answered by the security filters
    }
    writer.write(problem(e, request), request, response);
  }

  /** What the container found wrong before or after the controllers. */
  @RequestMapping("/error")
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    var status = code instanceof Integer i ? HttpStatus.resolve(i) : null;
    writer.write(
        problem(status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status), request, response);
  }

  private static HubProblem problem(Exception e, HttpServletRequest request) {
    return switch (e) {
      case HubProblem known -> known;
      case InvalidCursorException cursor ->
          new HubProblem(
              HttpStatus.BAD_REQUEST, "InvalidCursor", String.valueOf(cursor.getMessage()));
      case MethodArgumentTypeMismatchException mismatch ->
          HubProblem.invalid(mismatch.getName() + " is '" + mismatch.getValue() + "'");
      case HttpMessageNotReadableException unreadable ->
          new HubProblem(
              HttpStatus.BAD_REQUEST,
              "InvalidBody",
              "cannot read the body as JSON of the documented form");
      case MaxUploadSizeExceededException tooLarge ->
          new HubProblem(
              HttpStatus.CONTENT_TOO_LARGE,
              "UploadTooLarge",
              "the recording is larger than this hub takes; raise bridgewatch.imports.largest or"
                  + " cut the recording shorter");
      case MultipartException broken ->
          new HubProblem(
              HttpStatus.BAD_REQUEST,
              "UploadBroken",
              "the upload ended early or is no multipart form; send it again");
      case ErrorResponse response
          when HttpStatus.resolve(response.getStatusCode().value()) instanceof HttpStatus status ->
          detailed(status, response);
      default -> {
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        yield problem(HttpStatus.INTERNAL_SERVER_ERROR);
      }
    };
  }

  private static HubProblem detailed(HttpStatus status, ErrorResponse response) {
    var detail = response.getBody().getDetail();
    return detail == null ? problem(status) : new HubProblem(status, reason(status), detail);
  }

  private static HubProblem problem(HttpStatus status) {
    return new HubProblem(
        status,
        reason(status),
        status.is5xxServerError()
            ? "the hub failed to answer; its log says why"
            : status.getReasonPhrase());
  }

  private static String reason(HttpStatus status) {
    return status == HttpStatus.INTERNAL_SERVER_ERROR
        ? "InternalError"
        : status.getReasonPhrase().replaceAll("[^A-Za-z]", "");
  }
}
