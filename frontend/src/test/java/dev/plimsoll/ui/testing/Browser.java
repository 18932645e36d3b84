package dev.plimsoll.ui.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.util.FileSystemUtils;

/** A headless Chromium with a profile of its own, signed in to a portal. */
public final class Browser implements AutoCloseable {
  /** Where Debian puts the browser and its driver. */
  public static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  /** The same for the driver. */
  public static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private String baseUrl = "";
  private final Path profile;
  private final ChromeDriver driver;

  /** Starts a browser. */
  public Browser() {
    try {
      profile = Files.createTempDirectory("plimsoll-browser-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toString());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--force-prefers-reduced-motion",
        "--user-data-dir=" + profile);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(),
            options);
  }

  /** Whether this machine has what it takes. */
  public static boolean isInstalled() {
    return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
  }

  /** Says where the portal is, without a slash behind; paths are relative to it. */
  public void lookAt(String portal) {
    baseUrl = portal;
  }

  /** The driver, for what has no method here. */
  public ChromeDriver driver() {
    return driver;
  }

  /** Sets the window's inner size; narrow ones need the device's size overridden. */
  public void size(int width, int height) {
    driver.manage().window().setSize(new Dimension(Math.max(width, 500), height));
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Chooses light or dark, as the user menu does. */
  public void colorScheme(String scheme) {
    driver.executeScript("localStorage.setItem('plimsoll.color-scheme', arguments[0])", scheme);
  }

  /** Opens a path and waits until the screen is there. */
  public void open(String path) {
    driver.get(baseUrl + "/" + path);
    settle();
  }

  /** Fills the sign-in form and waits for what comes behind it. */
  public void signIn(String name, String password) {
    open("sign-in");
    find("vaadin-text-field[name=username] input, input[name=username]").sendKeys(name);
    find("vaadin-password-field[name=password] input, input[name=password]").sendKeys(password);
    find("vaadin-login-form-wrapper vaadin-button[slot=submit], vaadin-button[theme~=submit]")
        .click();
    new WebDriverWait(driver, PATIENCE)
        .until(d -> !String.valueOf(d.getCurrentUrl()).contains("sign-in"));
    settle();
  }

  /** Sets the field of that label, as typing and leaving it does. */
  public void fill(String label, String value) {
    new WebDriverWait(driver, PATIENCE)
        .until(
            d ->
                Boolean.TRUE.equals(
                    driver.executeScript(
                        """
                        const field = [...document.querySelectorAll(
                            'vaadin-text-field, vaadin-text-area, vaadin-integer-field')]
                          .find(f => f.label === arguments[0] && f.checkVisibility());
                        if (!field) return false;
                        field.value = arguments[1];
                        field.dispatchEvent(new CustomEvent('change', { bubbles: true }));
                        return true;
                        """,
                        label,
                        value)));
    settle();
  }

  /** The first element that matches; waits until it is shown. */
  public WebElement find(String css) {
    return new WebDriverWait(driver, PATIENCE)
        .ignoring(StaleElementReferenceException.class)
        .until(
            d ->
                d.findElements(By.cssSelector(css)).stream()
                    .filter(WebElement::isDisplayed)
                    .findFirst()
                    .orElse(null));
  }

  /** The first element of that kind that shows the text; waits until there is one. */
  public WebElement findByText(String css, String text) {
    return new WebDriverWait(driver, PATIENCE)
        .ignoring(StaleElementReferenceException.class)
        .until(
            d ->
                d.findElements(By.cssSelector(css)).stream()
                    .filter(element -> element.isDisplayed() && element.getText().contains(text))
                    .findFirst()
                    .orElse(null));
  }

  /** Clicks the first element of that kind that shows the text; waits until there is one. */
  public void click(String css, String text) {
    press(findByText(css, text));
  }

  /** Clicks the first element that matches; waits until it is shown. */
  public void click(String css) {
    press(find(css));
  }

  private void press(WebElement element) {
    driver.executeScript("arguments[0].scrollIntoView({ block: 'center' })", element);
    element.click();
    settle();
  }

  /** Waits until the page's text holds the words. */
  public void awaitText(String words) {
    new WebDriverWait(driver, PATIENCE)
        .ignoring(StaleElementReferenceException.class)
        .until(d -> d.findElement(By.tagName("body")).getText().contains(words));
  }

  /** Waits until nothing matches any more. */
  public void awaitNo(String css) {
    new WebDriverWait(driver, PATIENCE).until(d -> d.findElements(By.cssSelector(css)).isEmpty());
    settle();
  }

  /** Waits until Vaadin has nothing left to load. */
  public void settle() {
    new WebDriverWait(driver, PATIENCE)
        .until(
            d ->
                Boolean.TRUE.equals(
                    driver.executeScript(
                        """
                        const clients = window.Vaadin?.Flow?.clients;
                        if (!clients || Object.keys(clients).length === 0) return false;
                        const indicator = document.querySelector('vaadin-connection-indicator');
                        const bar = indicator?.querySelector('.v-loading-indicator');
                        const loading = indicator?.loading || Number(bar && getComputedStyle(bar).opacity);
                        return !loading && Object.values(clients).every(c => !c.isActive || !c.isActive());
                        """)));
  }

  /** Writes what is seen as PNG. */
  public void screenshot(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
    try {
      FileSystemUtils.deleteRecursively(profile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
