package dev.plimsoll.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.testing.DatabaseTest;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DatabaseTest
class CataloguesTest {

  @Test
  @DisplayName("The order of the first catalogue's letters is kept, and has its own checks only")
  void first(DataSource dataSource) {
    Catalogues catalogues = CurrentCatalogue.of(dataSource);
    List<String> containers = catalogues.order(1, SubjectKind.CONTAINER);
    assertThat(containers).hasSize(43).startsWith("CTR-USER", "CTR-GROUP0").endsWith("CTR-OWNER");
    assertThat(catalogues.order(1, SubjectKind.ENGINE)).hasSize(17);
    assertThat(catalogues.order(1, SubjectKind.IMAGE)).hasSize(5);
    assertThat(catalogues.order(1, SubjectKind.VOLUME)).hasSize(3);
    assertThat(catalogues.order(1, SubjectKind.SWARM)).isEmpty();
  }

  @Test
  @DisplayName("Every portal that meets a catalogue gives it the same number and order")
  void sameNumber(DataSource dataSource) {
    Catalogues.Numbered one = CurrentCatalogue.of(dataSource).current();
    Catalogues other = CurrentCatalogue.of(dataSource);
    assertThat(other.current().number()).isEqualTo(one.number()).isNotEqualTo(1);
    assertThat(other.numbers()).containsExactly(1, one.number());
    for (SubjectKind kind : SubjectKind.values()) {
      assertThat(other.order(one.number(), kind))
          .isEqualTo(Checklist.standard().rules(kind).stream().map(Rule::id).toList());
    }
  }

  @Test
  void aNumberThatNobodyGave(DataSource dataSource) {
    Catalogues catalogues = CurrentCatalogue.of(dataSource);
    assertThatThrownBy(() -> catalogues.order(99, SubjectKind.ENGINE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("99");
  }
}
