package dev.plimsoll.posture;

import dev.plimsoll.checklist.Rule;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The checks that count now: the catalogue and the company's own. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true)
public class Checks {
  private final Catalogue catalogue;

  Checks(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** All rules, in catalogue order, the company's own last. */
  public List<Rule> rules() {
    return catalogue.now().rules();
  }

  /** One rule; empty if no check that counts has this ID. */
  public Optional<Rule> find(String id) {
    return Optional.ofNullable(catalogue.now().find(id));
  }
}
