package dev.plimsoll.ui.hosts;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadHandler;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A certificate or key: pasted, or taken from a file. */
class SecretArea extends Div {
  private static final int LARGEST_FILE = 256 * 1024;

  private final TextArea text;

  SecretArea(String label, String helper) {
    addClassName("secret-area");
    text = new TextArea(label);
    text.setHelperText(helper);
    text.addClassName("mono");
    text.setMinRows(3);
    text.setMaxRows(8);
    text.setWidthFull();
    text.getElement().setAttribute("spellcheck", "false");
    text.getElement().setAttribute("autocomplete", "off");
    Upload upload =
        new Upload(
            UploadHandler.inMemory(
                (metadata, bytes) -> text.setValue(new String(bytes, StandardCharsets.UTF_8))));
    upload.setMaxFileSize(LARGEST_FILE);
    upload.setMaxFiles(1);
    upload.setDropAllowed(false);
    upload.addClassName("file-button");
    upload.setUploadButton(new com.vaadin.flow.component.button.Button("From a file"));
    upload.addAllFinishedListener(event -> upload.clearFileList());
    add(text, upload);
  }

  @Nullable String value() {
    return text.getValue().isBlank() ? null : text.getValue();
  }

  void setError(@Nullable String message) {
    text.setInvalid(message != null);
    text.setErrorMessage(message);
  }

  void setPlaceholder(String placeholder) {
    text.setPlaceholder(placeholder);
  }
}
