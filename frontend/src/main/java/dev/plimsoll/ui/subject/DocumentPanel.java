package dev.plimsoll.ui.subject;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.function.SerializableRunnable;
import dev.plimsoll.posture.StoredDocument;
import dev.plimsoll.ui.widgets.Code;
import dev.plimsoll.ui.widgets.Facts;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A document as it was stored, set out for reading, with the place marked that a check read. */
class DocumentPanel extends Section {
  private static final int LONGEST = 400_000;
  private static final JsonMapper JSON = new JsonMapper();

  DocumentPanel(StoredDocument document, @Nullable String path, SerializableRunnable closed) {
    addClassName("document");
    getElement().setAttribute("aria-label", "Document");
    JsonNode root = JSON.readTree(document.json());
    JsonPath wanted = path == null ? null : JsonPath.parse(path);
    PrettyJson pretty = PrettyJson.of(root, wanted);

    Button close = new Button(VaadinIcon.CLOSE_SMALL.create(), event -> closed.run());
    close.addThemeVariants(ButtonVariant.TERTIARY);
    close.setAriaLabel("Close the document");
    Div head = new Div(new H2("Document"), close);
    head.addClassName("panel-head");
    Facts facts = new Facts().with("SHA-256", Code.of(document.sha256()));
    if (path != null) {
      facts.with("Path", Code.of(path));
    }
    add(head, facts);
    if (path != null && pretty.from() < 0) {
      add(new Paragraph("The document has nothing at this path: that is what the check read."));
    }
    add(text(pretty));
  }

  private static Pre text(PrettyJson pretty) {
    Pre pre = new Pre();
    pre.addClassNames("code", "json");
    pre.getElement().setAttribute("tabindex", "0");
    String text = pretty.text();
    if (pretty.from() < 0) {
      pre.add(new Span(cut(text)));
      return pre;
    }
    Element mark = new Element("mark");
    mark.setText(text.substring(pretty.from(), pretty.to()));
    pre.getElement()
        .appendChild(
            new Span(text.substring(0, pretty.from())).getElement(),
            mark,
            new Span(cut(text.substring(pretty.to()))).getElement());
    mark.executeJs("this.scrollIntoView({block: 'center'})");
    return pre;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST) + "\n… The rest is left out here; the API has all of it.";
  }
}
