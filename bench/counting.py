"""python -m bench.counting: computes until ended and gives way as a solver does, the floor of what one costs others."""

from bot.domain.giving_way import give_way


def main() -> None:
    """Keep one processor busy whenever nobody else wants it."""
    give_way()
    number = 0
    while True:
        number += 1


if __name__ == "__main__":
    main()
