package dev.plimsoll.collect.connect;

import java.time.Duration;
import java.util.Optional;

/** A conversation whose API version is agreed on. */
record NegotiatedConnection(EngineHttp http, FailureTranslation failures, ApiVersion version)
    implements EngineConnection {

  @Override
  public String apiVersion() {
    return version.toString();
  }

  @Override
  public boolean speaks(String wanted) {
    return ApiVersion.parse(wanted)
        .map(least -> version.compareTo(least) >= 0)
        .orElseThrow(() -> new IllegalArgumentException("not a version of the API: " + wanted));
  }

  @Override
  public byte[] get(EngineRequest request) throws EngineCallException {
    byte[] body = http.send(request, request.uri(version)).body();
    if (request.answersJson() && !looksLikeJson(body)) {
      throw failures.notJson(request.call());
    }
    return body;
  }

  @Override
  public <T> T stream(EngineRequest request, Duration limit, BodyReader<T> reader)
      throws EngineCallException {
    return http.stream(request, request.uri(version), limit, reader);
  }

  @Override
  public Optional<PeerCertificate> peerCertificate() {
    return http.peerCertificate();
  }

  @Override
  public EngineLines lines(EngineRequest request) throws EngineCallException {
    return http.lines(request, request.uri(version));
  }

  @Override
  public void close() {
    http.close();
  }

  /** Whether a body starts and ends as an object or an array does. Parsing it is the reader's. */
  static boolean looksLikeJson(byte[] body) {
    int first = 0;
    int last = body.length - 1;
    while (first < last && isSpace(body[first])) {
      first++;
    }
    while (last > first && isSpace(body[last])) {
      last--;
    }
    return first < last
        && ((body[first] == '{' && body[last] == '}') || (body[first] == '[' && body[last] == ']'));
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
