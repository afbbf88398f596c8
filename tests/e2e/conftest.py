"""A real browser, a real sandbox, and a tiny Bolt app in it that knows nothing of ours."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from sandbox.client import Control
from sandbox.server import Sandbox
from tests.e2e.tiny_app import MANIFEST, TinyApp

CHROMIUM = "/usr/bin/chromium"
# Nothing is fetched but the page.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=20_000)  # milliseconds: a match is solved in a process of its own, beside other tests
LAPTOP, PHONE = (1280, 800), (390, 844)
SEED = Path(__file__).parents[2] / "sandbox" / "seeds" / "company.yaml"

OpenPage = Callable[..., Page]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's chromium, headless. Without it these tests are skipped, but not where CI is set."""
    found = CHROMIUM if Path(CHROMIUM).exists() else shutil.which("chromium")
    if found is None:
        message = "no chromium here: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens an address in a fresh browser window of a size; any error the page's scripts raise fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def opened(address: str, size: tuple[int, int] = LAPTOP, *, hint: bool = False) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
        contexts.append(context)
        context.set_default_timeout(8_000)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        if not hint:
            page.add_init_script("localStorage.setItem('hint-hidden', 'yes')")
        page.goto(address)
        page.wait_for_selector("body[data-ready]")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not errors


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TinyApp]:
    """The tiny app, connected to a sandbox of its own."""
    manifest = tmp_path_factory.mktemp("tiny") / "manifest.yml"
    manifest.write_text(yaml.safe_dump(MANIFEST), "utf-8")
    sandbox = Sandbox(SEED, manifest)
    sandbox.start()
    app = TinyApp(sandbox)
    app.connect()
    yield app
    app.close()
    sandbox.stop()


@pytest.fixture
def control(tiny: TinyApp) -> Control:
    """The control API of the tiny app's sandbox, everything put back to the beginning."""
    control = Control(tiny.url)
    control.reset()
    tiny.forget()
    return control
