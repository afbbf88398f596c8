"""python -m bench.takes_everything: a Slack that answers every call at once with ok, for rivals. Prints its address."""

from aiohttp import web

ANSWER = {"ok": True, "channel": "D1", "ts": "1.000001", "message": {"text": ""}}


async def answer(request: web.Request) -> web.Response:
    """Read it, and take it."""
    await request.read()
    return web.json_response(ANSWER)


def main() -> None:
    """Serve until ended, on a free port."""
    app = web.Application()
    app.router.add_route("*", "/{method}", answer)

    def told(line: str) -> None:
        print(line.splitlines()[0], flush=True)

    web.run_app(app, host="127.0.0.1", port=0, print=told)


if __name__ == "__main__":
    main()
