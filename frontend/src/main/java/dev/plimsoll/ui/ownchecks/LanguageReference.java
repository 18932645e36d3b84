package dev.plimsoll.ui.ownchecks;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.plimsoll.ui.widgets.Code;
import dev.plimsoll.ui.widgets.Facts;

/** What an expression can ask for. */
class LanguageReference extends Details {
  LanguageReference() {
    setSummaryText("What an expression can ask for");
    Div content = new Div();
    content.addClassName("stack");
    content.add(
        new Facts()
            .with("doc", "the subject's document, as the engine gave it; secrets are masked in it")
            .with("seen", "what was observed beside it, such as seen.state of a container")
            .with(
                "host",
                "host.name, host.group, host.environment, host.labels, and host.engine.info and"
                    + " host.engine.version; a group or environment that was not given is ''"));
    content.add(
        new Facts()
            .with("Compare", Code.of("== != < <= > >= && || !  a ? b : c  + - * / %"))
            .with("Look into", Code.of("doc.HostConfig.Memory  doc.Config.Labels['a.b']  has(x.y)"))
            .with("Lists", Code.of("x in list  size(list)  list[0]"))
            .with(
                "Each element",
                Code.of(
                    "list.all(e, …)  .exists(e, …)  .exists_one(e, …)  .filter(e, …)  .map(e, …)"))
            .with(
                "Texts",
                Code.of("t.startsWith('a')  .endsWith('a')  .contains('a')  .matches('^a+$')"))
            .with("Convert", Code.of("int(x)  double(x)  string(x)  bool(x)  type(x)")));
    content.add(
        new Paragraph(
            "True passes and false fails. What is missing, of another type or too costly is"
                + " unknown and never passes, unless the rest decides alone. An empty list is often"
                + " null: ask doc.X == null || … first. There is no time and no way to build texts,"
                + " so that a verdict depends on the documents alone."));
    add(content);
  }
}
