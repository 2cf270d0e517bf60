"""Pictures that tests send, drawn by fixed seeds: honest photographs, and a corpus of what must not come through as it is."""

import io
import random
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageDraw

MARK = b"13.7563N100.5018E"  # stands for a place; must be found in no file that is kept


def drawn(width: int = 640, height: int = 480, seed: int = 1, mode: str = "RGB") -> Image.Image:
    """A picture with colours and edges; red above left, so that turning shows."""
    chance = random.Random(seed)
    image = Image.new("RGB", (width, height), tuple(chance.randrange(80, 240) for _part in range(3)))
    pen = ImageDraw.Draw(image)
    for _line in range(12):
        box = [chance.randrange(width), chance.randrange(height), chance.randrange(width), chance.randrange(height)]
        pen.line(box, fill=tuple(chance.randrange(256) for _part in range(3)), width=9)
    pen.rectangle((0, 0, width // 4, height // 4), fill=(220, 20, 20))
    return image.convert(mode)


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def jpeg(seed: int = 1, **size: int) -> bytes:
    return saved(drawn(seed=seed, **size), quality=85)


def upload(content: bytes, name: str = "ภาพ.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def with_place(orientation: int = 1) -> bytes:
    """A JPEG that says where, when and with what it was taken, with XMP, a comment, and a tail behind its end."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x0132] = orientation, "Phone " + MARK.decode(), "2026:11:21 10:00:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (13.0, 45.0, 22.7), 3: "E", 4: (100.0, 30.0, 6.5), 29: "2026:11:21"})
    return saved(drawn(), exif=exif, comment=MARK, xmp=b"<x:xmpmeta>" + MARK + b"</x:xmpmeta>") + MARK


def png_claiming(width: int, height: int) -> bytes:
    """A small PNG whose header claims a size."""
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9999)) + chunk(b"IEND", b"")


def animated(kind: str) -> bytes:
    return saved(drawn(seed=1), kind, save_all=True, append_images=[drawn(seed=2), drawn(seed=3)], duration=100)


def with_profile(profile: bytes, mode: str = "RGB", kind: str = "JPEG") -> bytes:
    return saved(drawn(mode=mode), kind, icc_profile=profile)


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><script>alert(1)</script></svg>'
SCRIPT = b"<script>alert(document.cookie)</script>"

REFUSED: dict[str, tuple[bytes, str]] = {
    "no bytes": (b"", "photo_empty"),
    "png of 60,000 by 60,000": (png_claiming(60_000, 60_000), "photo_many_pixels"),
    "png of 9,000 by 9,000": (png_claiming(9_000, 9_000), "photo_many_pixels"),
    "png of 7,000 by 5,900": (png_claiming(7_000, 5_900), "photo_many_pixels"),
    "png of 0 by 0": (png_claiming(0, 0), "photo_other_kind"),
    "png of the largest numbers": (png_claiming(2**31 - 1, 2**31 - 1), "photo_many_pixels"),
    "png that ends too soon": (png_claiming(2_000, 2_000), "photo_broken"),
    "svg renamed": (SVG, "photo_other_kind"),
    "html renamed": (b"<!doctype html>" + SCRIPT, "photo_other_kind"),
    "gif": (saved(drawn(), "GIF"), "photo_other_kind"),
    "gif that is html too": (saved(drawn(), "GIF").replace(b"GIF89a", b"GIF89a/*", 1) + b"*/" + SCRIPT, "photo_other_kind"),
    "animated gif": (animated("GIF"), "photo_other_kind"),
    "tiff": (saved(drawn(), "TIFF"), "photo_other_kind"),
    "bmp": (saved(drawn(), "BMP"), "photo_other_kind"),
    "ico": (saved(drawn(), "ICO"), "photo_other_kind"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 800 600\n(x) run\n", "photo_other_kind"),
    "pdf": (b"%PDF-1.7\n1 0 obj<</JS(app.alert(1))>>endobj", "photo_other_kind"),
    "zip": (b"PK\x03\x04" + b"\0" * 500, "photo_other_kind"),
    "heic": (b"\0\0\0\x24ftypheic\0\0\0\0mif1heic" + b"\0" * 500, "photo_heic"),
    "avif": (b"\0\0\0\x20ftypavif\0\0\0\0avifmif1" + b"\0" * 500, "photo_heic"),
    "jpeg cut off": (jpeg()[:4000], "photo_broken"),
    "jpeg of its first bytes": (b"\xff\xd8\xff\xe0", "photo_other_kind"),
    "webp cut off": (saved(drawn(), "WEBP")[:3000], "photo_broken"),
    "random bytes": (random.Random(7).randbytes(50_000), "photo_other_kind"),
    "png with text of a gigabyte": (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">IIBBBBB", 640, 480, 8, 2, 0, 0, 0)
        + struct.pack(">I", zlib.crc32(b"IHDR" + struct.pack(">IIBBBBB", 640, 480, 8, 2, 0, 0, 0)))
        + struct.pack(">I", 2**31 - 1) + b"zTXt" + b"x\0\0" + zlib.compress(bytes(5_000_000)),
        "photo_broken",
    ),
    "png with a profile of 5 MB": (with_profile(srgb() + bytes(5_000_000), kind="PNG"), "photo_broken"),
    "too small": (jpeg(width=200, height=150), "photo_small"),
    "a point": (jpeg(width=1, height=1), "photo_small"),
    "a strip": (jpeg(width=4_000, height=400), "photo_narrow"),
    "larger than may be": (jpeg() + bytes(21 << 20), "photo_large"),
}

CLEANED: dict[str, bytes] = {
    "jpeg": jpeg(),
    "jpeg that says where": with_place(),
    "jpeg turned": with_place(6),
    "jpeg with script behind its end": jpeg() + SCRIPT,
    "jpeg with script as its comment": saved(drawn(), comment=SCRIPT),
    "progressive jpeg": saved(drawn(), progressive=True),
    "cmyk": saved(drawn(mode="CMYK")),
    "grey": saved(drawn(mode="L")),
    "png": saved(drawn(), "PNG"),
    "png of 16 bits": saved(Image.linear_gradient("L").resize((640, 480)).convert("I").point(lambda v: v * 257).convert("I;16"), "PNG"),
    "png with a palette": saved(drawn(mode="P"), "PNG"),
    "png with a clear colour": saved(drawn(mode="P"), "PNG", transparency=0),
    "png half clear": saved(drawn(mode="RGBA"), "PNG"),
    "png of one bit": saved(drawn(mode="1"), "PNG"),
    "png grey and clear": saved(drawn(mode="LA"), "PNG"),
    "animated png": animated("PNG"),
    "webp": saved(drawn(), "WEBP"),
    "animated webp": animated("WEBP"),
    "with a profile": with_profile(srgb()),
    "cmyk with a profile for rgb": with_profile(srgb(), "CMYK"),
    "with a broken profile": with_profile(b"not a profile" * 99),
    "with a profile of 500 KB": with_profile(srgb() + bytes(500_000), kind="PNG"),
    "with a broken exif": saved(drawn(), exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 60),
}
