package io.millrace.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.Await;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real browser without a window, driven as a person would: by what can be read on the page. */
final class Browser implements AutoCloseable {
    private static final String AXE = read("/axe.min.js");
    /** Of a machine that is busy with other things too. */
    private static final Duration SCRIPT_LIMIT = Duration.ofMinutes(2);

    private final ChromeDriver driver;
    private final URI gateway;

    private Browser(ChromeDriver driver, URI gateway) {
        this.driver = driver;
        this.gateway = gateway;
    }

    /** What is missing here to run one; empty when nothing is. */
    static Optional<String> missing() {
        return Stream.of("chromium", "chromedriver")
                .filter(name -> program(name).isEmpty())
                .findFirst()
                .map(name -> name + " is not on the PATH; on Debian: apt-get install chromium chromium-driver");
    }

    private static Optional<File> program(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, name))
                .filter(File::canExecute)
                .findFirst();
    }

    /** @param profile a directory that is empty */
    static Browser open(URI gateway, Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium").orElseThrow());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=en-GB",
                "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.SEVERE);
        options.setCapability("goog:loggingPrefs", logs);
        // With both paths given nothing is looked for, least of all on the network.
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").orElseThrow())
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(SCRIPT_LIMIT).pageLoadTimeout(SCRIPT_LIMIT);
        return new Browser(driver, gateway);
    }

    private static String read(String resource) {
        try (InputStream in = Browser.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Browser size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    /** As if somebody had chosen these before: by name what the page keeps. */
    Browser choose(Map<String, String> kept) {
        // Any page of the gateway: what is kept belongs to its origin.
        driver.get(gateway.resolve("/health").toString());
        driver.executeScript(
                "localStorage.clear(); sessionStorage.clear();"
                        + "Object.entries(arguments[0]).forEach(([k, v]) => localStorage.setItem('millrace.' + k, v))",
                kept);
        return this;
    }

    /** Opens a page anew, and waits until it is there. */
    Browser open(String page) {
        driver.get("about:blank");
        driver.get(gateway.resolve("/").toString() + "#/" + page);
        see("main h1");
        return this;
    }

    /** Another page of the console, without asking for it anew. */
    void go(String page) {
        driver.executeScript("location.hash = arguments[0]", "#/" + page);
    }

    WebElement see(String selector) {
        Await.until("the page shows " + selector, () -> !driver.findElements(By.cssSelector(selector))
                .isEmpty());
        return driver.findElement(By.cssSelector(selector));
    }

    void seeText(String text) {
        Await.until("the page shows " + text, () -> text().contains(text));
    }

    void seeTextNoMore(String text) {
        Await.until("the page shows no more " + text, () -> !text().contains(text));
    }

    String text() {
        return String.valueOf(driver.executeScript("return document.body.innerText"));
    }

    /** Presses a button or follows a link by its name, in the dialog where one is open. */
    void press(String name) {
        Await.until("there is something called " + name, () -> {
            try {
                return find(name).map(this::pressed).orElse(false);
            } catch (StaleElementReferenceException e) {
                return false;
            }
        });
    }

    private boolean pressed(WebElement element) {
        if (!element.isEnabled()) {
            return false;
        }
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
        driver.executeScript("arguments[0].click()", element);
        return true;
    }

    private Optional<WebElement> find(String name) {
        return Optional.ofNullable((WebElement) driver.executeScript(
                "const where = document.querySelector('dialog[open]') || document;"
                        + "return [...where.querySelectorAll('button, a, summary')].find(one =>"
                        + " (one.getAttribute('aria-label') || one.textContent).trim() === arguments[0]) || null",
                name));
    }

    void type(String selector, String value) {
        WebElement field = see(selector);
        field.clear();
        field.sendKeys(value);
    }

    /** Sets what a person would choose: a date, or one of several. */
    void set(String selector, String value) {
        driver.executeScript(
                "const it = arguments[0]; it.value = arguments[1];"
                        + "it.dispatchEvent(new Event('input', {bubbles: true}));"
                        + "it.dispatchEvent(new Event('change', {bubbles: true}))",
                see(selector),
                value);
    }

    /**
     * Runs a module of the console in the page, and gives what {@code expression} comes to, or in the end will;
     * {@code it} is the module.
     */
    Object evaluate(String module, String expression) {
        return driver.executeAsyncScript(
                "const done = arguments[arguments.length - 1];"
                        + "import(new URL('console/' + arguments[0], document.baseURI)).then(it => (" + expression
                        + ")).then(done, e => done('failed: ' + e))",
                module);
    }

    /** @return what axe finds wrong, each with its place */
    List<String> violations() {
        driver.executeScript(AXE);
        Object found = driver.executeAsyncScript(
                "const done = arguments[arguments.length - 1];"
                        + "axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations.flatMap(v => v.nodes.map(n =>"
                        + " v.id + ': ' + n.html.slice(0, 200) + ' ' + (n.any[0] ? n.any[0].message : '')))), e => done([String(e)]))");
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    /** How many pixels stand out at the right. */
    long overflow() {
        return (Long) driver.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /** All that is kept there. */
    String kept(String storage) {
        return String.valueOf(driver.executeScript("return JSON.stringify(window[arguments[0]])", storage));
    }

    /** Where the focus is, as one reads it. */
    String focused() {
        return String.valueOf(driver.executeScript(
                "const it = document.activeElement; return (it.getAttribute('aria-label') || it.textContent).trim()"));
    }

    void key(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    byte[] picture() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    void picture(Path file) throws IOException {
        Files.write(file, picture());
    }

    /** What the browser complained about: scripts that failed, and what the policy of the page does not let in. */
    void assertQuiet() {
        assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
                .extracting(LogEntry::getMessage)
                .filteredOn(message -> !message.contains("status of 4") && !message.contains("status of 5"))
                .isEmpty();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
