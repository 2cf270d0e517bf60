"""Re-encodes one picture into clean WebP files of several widths; run alone in a child process with limits.

Called as `python -I photo_child.py FILE FOLDER PIXELS LEAST MEMORY SECONDS`. Only pixels go over: no EXIF, no place, no
colour profile, no further frames, nothing that stood behind the picture. Writes `<width>.webp` into FOLDER and prints the
sizes as JSON. Ends with 0, or with a code below and one word on standard output. It may die of its limits: whoever
started it takes that for a refusal.
"""

import json
import resource
import sys
import warnings
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

NOT_A_PICTURE, TOO_MANY_PIXELS, TOO_SMALL, TOO_NARROW, BROKEN = 11, 12, 13, 14, 15
FORMATS = ("JPEG", "PNG", "WEBP")
WIDTHS = (400, 800, 1600)
LONGEST = 2400  # units of the higher side of a tall picture
NARROWEST = 4  # the longer side is at most so many times the shorter
QUALITY = 80
MOST_BYTES = 8 << 20  # of one file that is written


class Refuse(Exception):
    """The picture is refused; `code` is the exit code."""

    def __init__(self, code: int, word: str = "") -> None:
        super().__init__(word)
        self.code, self.word = code, word


def limit(memory: int, seconds: int) -> None:
    """Bounds this very process: memory (where the system holds to it), processor time, and what it may write."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def main(path: str, folder: str, pixels: int, least: int) -> None:
    """Looks at the size before anything is decoded, then decodes the first frame and writes it anew in each width."""
    Image.MAX_IMAGE_PIXELS = pixels
    try:
        image = Image.open(path, formats=FORMATS)
    except UnidentifiedImageError as fault:
        raise Refuse(NOT_A_PICTURE) from fault
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise Refuse(TOO_MANY_PIXELS) from fault
    look_at_size(*image.size, pixels, least)
    if image.format in ("JPEG", "MPO"):
        image.draft(None, (LONGEST, LONGEST))  # decodes no more than is needed
    clean = only_pixels(image)
    sizes = []
    for width in widths_of(*clean.size):
        height = max(1, round(clean.height * width / clean.width))
        small = clean if width == clean.width else clean.resize((width, height), Image.Resampling.LANCZOS)
        small.save(Path(folder) / f"{width}.webp", "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=b"", xmp=b"")
        sizes.append([width, small.height])
    print(json.dumps(sizes))


def look_at_size(width: int, height: int, pixels: int, least: int) -> None:
    """Refuses what is too large to decode, too small to show, or a strip."""
    if width * height > pixels:
        raise Refuse(TOO_MANY_PIXELS, f"{width * height / 1e6:,.0f}")
    if min(width, height) < least:
        raise Refuse(TOO_SMALL, f"{width} × {height}")
    if max(width, height) > NARROWEST * min(width, height):
        raise Refuse(TOO_NARROW)


def only_pixels(image: Image.Image) -> Image.Image:
    """The first frame upright, no larger than is shown, on white where it is clear, in the colours of the web."""
    profile = image.info.get("icc_profile")
    image.load()
    upright = plain_mode(ImageOps.exif_transpose(image))
    upright.thumbnail((max(WIDTHS), LONGEST), Image.Resampling.LANCZOS)
    plain = in_web_colours(on_white(upright), profile).convert("RGB")
    clean = Image.new("RGB", plain.size)
    clean.paste(plain)
    return clean


def plain_mode(image: Image.Image) -> Image.Image:
    """A mode that can be made smaller without loss: sixteen bits become eight, a palette becomes its colours."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("1", "L", "RGB", "CMYK", "RGBA"):
        return image.convert("L") if image.mode == "1" else image
    return image.convert("RGBA")


def on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


def in_web_colours(image: Image.Image, profile: object) -> Image.Image:
    """By its own profile where that can be read; a broken profile is passed over, as most programs do."""
    if not isinstance(profile, bytes):
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        changed = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return changed or image


def widths_of(width: int, height: int) -> list[int]:
    """The widths below its own, then its own."""
    return [*(one for one in WIDTHS if one < width), width]


if __name__ == "__main__":
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        limit(*map(int, sys.argv[5:7]))
        main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:5]))
    except Refuse as refused:
        print(refused.word)
        sys.exit(refused.code)
    except Exception as fault:  # noqa: BLE001 (any fault of a hostile file is the same refusal)
        print(type(fault).__name__)
        sys.exit(BROKEN)
