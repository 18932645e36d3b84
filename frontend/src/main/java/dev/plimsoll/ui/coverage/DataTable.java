package dev.plimsoll.ui.coverage;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import dev.plimsoll.posture.CoverageRow;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.TimeText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A few pieces of data with how they stand: those of a container. */
public class DataTable extends Div {
  /** Shows data as it was known at an instant, null for now. */
  public DataTable(List<CoverageRow> data, @Nullable Instant asOf, Instant now) {
    addClassName("scroll-x");
    NativeTable rows = new NativeTable();
    rows.addClassName("table");
    NativeTableRow head = rows.getHead().addRow();
    for (String name : List.of("State", "Data", "Kind", "Policy, RPO", "Newest good backup")) {
      head.addHeaderCell().setText(name);
    }
    for (CoverageRow one : data) {
      NativeTableRow row = rows.getBody().addRow();
      Span mark = Marks.coverage(one.state());
      mark.setTitle(one.sentence());
      row.addDataCell().add(mark);
      row.addDataCell()
          .add(Links.to(DataWords.place(one, asOf), DataWords.name(one.kind(), one.name())));
      row.addDataCell().setText(DataWords.shape(one));
      row.addDataCell().setText(one.promise() == null ? "none" : DataWords.promise(one));
      CoverageRow.Good good = one.backups().good();
      if (good == null) {
        row.addDataCell().setText("none");
      } else {
        row.addDataCell()
            .add(new TimeText(good.startedAt(), now), new Span(" " + DataWords.where(good)));
      }
    }
    add(rows);
  }
}
