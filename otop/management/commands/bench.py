"""`bench`: measures list, search, area and work pages at 1, 3 and 100,000 products, against a page that says ok."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from otop.bench import measure_all


class Command(BaseCommand):
    help = "Measure pages in a cloned database filled by COPY. Ratios are to a view that says ok, asked in between."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--products", type=int, default=100_000, help="the largest size; producers are 2 to 5 products")
        parser.add_argument("--turns", type=int, default=7, help="timed requests of each page")
        parser.add_argument("--sql", action="store_true", help="show the slowest query of each page that is slow")
        parser.add_argument("--slow", type=float, default=30.0, help="a ratio above which a page counts as slow")

    def handle(self, *args: Any, products: int, turns: int, sql: bool, slow: float, **options: Any) -> None:
        sizes = tuple(sorted({1, 3, products}))
        found = measure_all(sizes, turns, self.stdout.write)
        heads = "".join(f"{size:>18,}" for size in sizes)
        self.stdout.write(f"{'page':52}{heads}   (queries, ms, times ok)")
        for one in found:
            cells = "".join(
                f"{queries:>4} {ms:>7.1f}{ratio:>6.1f}" for queries, ms, ratio in zip(one.queries, one.ms, one.ratio, strict=True)
            )
            marks = ("" if one.even else "  QUERIES GROW") + ("  SLOW" if one.ratio[-1] > slow else "")
            self.stdout.write(f"{one.who + ' ' + one.page:52}{cells}{marks}")
        if sql:
            for one in found:
                if one.ratio[-1] > slow:
                    self.stdout.write(f"\n{one.who} {one.page}\n  {one.slowest}")
        uneven = sum(not one.even for one in found)
        self.stdout.write(f"{len(found)} pages; queries grow on {uneven}; slow: {sum(one.ratio[-1] > slow for one in found)}")
