"""A day of each bill of the index of facets, and the set of the bills whose day lies between two others."""

from __future__ import annotations

from bisect import bisect_right

MOST_BUCKETS = 256  # what one byte tells apart
_ZERO, _ONE = b"01"


class Days:
    """The ordinal of a day at each place, 0 for none.

    Each place also has a bucket of neighbouring days, as a byte: of a bucket that lies within a span all are taken at
    once, and one by one only those of the two at its ends. That takes a hundredth of looking at each of a million days.
    """

    def __init__(self, days: list[int]) -> None:
        self._days = days
        in_order = sorted(days)
        steps = (
            in_order[step * len(in_order) // MOST_BUCKETS] for step in range(1, MOST_BUCKETS) if in_order
        )
        self._starts = sorted({*steps})  # of all buckets but the first
        self._spans: list[tuple[int, int] | None] = [None] * (
            len(self._starts) + 1
        )  # first and last day of each
        self._buckets = bytearray(map(self._in_bucket, days))

    def __getitem__(self, place: int) -> int:
        return self._days[place]

    def append(self, day: int) -> None:
        self._days.append(day)
        self._buckets.append(self._in_bucket(day))

    def __setitem__(self, place: int, day: int) -> None:
        self._days[place] = day
        self._buckets[place] = self._in_bucket(day)

    def _in_bucket(self, day: int) -> int:
        bucket = bisect_right(self._starts, day)
        span = self._spans[bucket]
        self._spans[bucket] = (min(span[0], day), max(span[1], day)) if span else (day, day)
        return bucket

    def between(self, least: int, most: int) -> int:
        """The places whose day is none before `least` and none after `most`, as the bits of one integer."""
        if not self._days:
            return 0
        signs, at_the_ends = bytearray([_ZERO]) * MOST_BUCKETS, []
        for bucket, span in enumerate(self._spans):
            if not span or span[1] < least or most < span[0]:
                continue
            if least <= span[0] and span[1] <= most:
                signs[bucket] = _ONE
            else:
                at_the_ends.append(bucket)
        digits = self._buckets.translate(signs)
        for bucket in at_the_ends:
            place = self._buckets.find(bucket)
            while place >= 0:
                if least <= self._days[place] <= most:
                    digits[place] = _ONE
                place = self._buckets.find(bucket, place + 1)
        digits.reverse()
        return int(digits, 2)
