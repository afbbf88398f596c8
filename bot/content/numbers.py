"""Numbers in words, as a sentence to a person counts; figures of a program stay figures."""

NUMBERS = dict(
    enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
)
