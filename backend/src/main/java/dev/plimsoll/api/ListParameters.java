package dev.plimsoll.api;

import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.posture.PageRequest;
import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters that every list takes; an argument of a controller's method, annotated as
 * {@code @ParameterObject}.
 */
record ListParameters(
    @Parameter(description = "rows, 1 to 1000; 100 if not given") @Nullable Integer limit,
    @Parameter(description = "the cursor that the page before gave as next") @Nullable String after,
    @Parameter(description = "true: count the whole list") @Nullable Boolean count) {
  private static final int LONGEST = 1000;

  /** The stretch that is asked for. */
  PageRequest toPageRequest() {
    return toPageRequest(PageRequest.FIRST.limit());
  }

  /** The same of a list that is short by nature: as many rows where no limit is given. */
  PageRequest toPageRequest(int rowsIfNotGiven) {
    int rows = limit == null ? rowsIfNotGiven : limit;
    if (rows < 1 || rows > LONGEST) {
      throw new InvalidInput("limit", rows + " is out of range. Give 1 to " + LONGEST + ".");
    }
    return new PageRequest(rows, after, Boolean.TRUE.equals(count));
  }
}
