"""sandbox/README.md says what is so."""

import re

import pytest
from aiohttp import web

from sandbox.control import Control
from sandbox.server import Sandbox
from sandbox.web_api.table import METHODS
from tests.sandbox.conftest import MANIFEST, ROOT, SMALL

README = (ROOT / "sandbox" / "README.md").read_text("utf-8")
ROWS = re.findall(r"^\| `([\w.]+)` \| .+ \| (\S+) \|$", README, re.MULTILINE)


def test_its_table_names_every_method_and_no_other() -> None:
    assert [name for name, _ in ROWS] == [*sorted(METHODS), "response_url"]


@pytest.mark.parametrize(("method", "proof"), ROWS)
def test_the_test_it_names_exists_and_speaks_of_the_method(method: str, proof: str) -> None:
    file, name = proof.split("::")
    source = (ROOT / "tests" / "sandbox" / file).read_text("utf-8")
    assert re.search(rf"^def {name}\(", source, re.MULTILINE)
    spoken = (method, method.replace(".", "_"), re.sub(r"(?<=[a-z])[A-Z]", lambda x: f"_{x[0].lower()}", method))
    assert any(word in source for word in (*spoken, spoken[2].replace(".", "_")))


def test_it_names_every_endpoint_of_the_control_api_and_no_other() -> None:
    named = set(re.findall(r"^\| `(?:POST|GET) /_control/([\w-]+)", README, re.MULTILINE))
    app = web.Application()
    Control(Sandbox(SMALL, MANIFEST)).add_routes(app)
    paths = {resource.canonical for resource in app.router.resources()}
    assert named == {path.split("/")[2] for path in paths}
