package dev.plimsoll.ui.widgets;

import com.vaadin.flow.component.combobox.ComboBox;
import dev.plimsoll.fleet.GroupRecord;
import dev.plimsoll.fleet.Groups;
import java.util.Locale;
import java.util.stream.Stream;

/** A group by its path, found by typing a part of it. */
public class GroupField extends ComboBox<String> {
  /** Offers the groups that there are when it is opened. */
  public GroupField(Groups groups) {
    setClearButtonVisible(true);
    setItems(
        query ->
            paths(groups, query.getFilter().orElse(""))
                .skip(query.getOffset())
                .limit(query.getLimit()),
        query -> (int) paths(groups, query.getFilter().orElse("")).count());
  }

  private static Stream<String> paths(Groups groups, String part) {
    String wanted = part.toLowerCase(Locale.ROOT);
    return groups.list().stream()
        .map(GroupRecord::path)
        .filter(path -> path.toLowerCase(Locale.ROOT).contains(wanted));
  }
}
