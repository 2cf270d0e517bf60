"""Pictures somebody sends: decoded and written anew in a child process with limits; its death is a refusal."""

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

from registry.actions.photos import Picture
from registry.intake import photo_child
from registry.refusal import N_, Refusal, Refused, refuse

MEMORY_BYTES = 1 << 30
PROCESSOR_SECONDS = 12
WALL_SECONDS = 20
WHOLE_SECONDS = 30  # for all pictures of one sending; a web server waits a minute
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
LEAST_SIDE = 320
_HEIC = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypavif")


def clean_pictures(uploads: list[UploadedFile]) -> tuple[list[Picture], list[Refusal]]:
    """Those that could be written anew, and a sentence with its name for each of the others."""
    pictures, refusals = [], []
    end = time.monotonic() + WHOLE_SECONDS
    for upload in uploads:
        try:
            if time.monotonic() > end:
                raise Refused((_not_reached(_name(upload)),))
            pictures.append(clean_picture(upload))
        except Refused as refused:
            refusals.extend(refused.refusals)
    return pictures, refusals


def clean_picture(upload: UploadedFile) -> Picture:
    """The picture in `upload` as clean WebP files; nothing of the upload itself is kept.

    Refuses, with Refused and one sentence saying what to do: an empty or too large file, another kind of file, too many
    pixels, a picture too small or too narrow to show, a damaged one, and whatever makes the child die or take too long.
    """
    name = _name(upload)
    _at_sight(upload, name)
    with tempfile.TemporaryDirectory(prefix="otop-photo-") as folder:
        source = Path(folder) / "upload"
        with source.open("wb") as kept:
            for piece in upload.chunks():
                kept.write(piece)
        sizes = _run(source, Path(folder), name)
        files = {width: (Path(folder) / f"{width}.webp").read_bytes() for width, _height in sizes}
    width, height = sizes[-1]
    return Picture(hashlib.sha256(files[width]).hexdigest(), width, height, files)


def _name(upload: UploadedFile) -> str:
    return Path(upload.name or "").name[-60:]


def _at_sight(upload: UploadedFile, name: str) -> None:
    if not upload.size:
        raise Refused((refuse("photo_empty", N_(
            "%(file)s is empty: it did not come over the line whole. Choose it again."
        ), field="photos", file=name),))
    if upload.size > MAX_BYTES:
        raise Refused((too_large(name),))
    upload.seek(0)
    start = upload.read(16)
    upload.seek(0)
    if start[4:12] in _HEIC:
        raise Refused((refuse("photo_heic", N_(
            "%(file)s is in a format that most screens cannot show (HEIC). In the settings of the camera choose"
            " “Most compatible”, or send the picture to yourself as JPEG, and choose that."
        ), field="photos", file=name),))


def _run(source: Path, folder: Path, name: str) -> list[list[int]]:
    """The sizes that were written into `folder`."""
    limits = [str(number) for number in (MAX_PIXELS, LEAST_SIDE, MEMORY_BYTES, PROCESSOR_SECONDS)]
    command = [sys.executable, "-I", str(Path(photo_child.__file__)), str(source), str(folder), *limits]
    try:
        done = subprocess.run(
            command, timeout=WALL_SECONDS, capture_output=True, text=True, env={"LC_ALL": "C.UTF-8"}, check=False,
            cwd=folder, stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        raise Refused((_too_heavy(name),)) from None
    if done.returncode:
        raise Refused((_sentence(done.returncode, done.stdout.strip()[:40], name),))
    sizes: list[list[int]] = json.loads(done.stdout)
    return sizes


def _sentence(code: int, word: str, name: str) -> Refusal:
    if code == photo_child.NOT_A_PICTURE:
        return refuse("photo_other_kind", N_(
            "%(file)s is not a photograph in JPEG, PNG or WebP. Choose a picture taken with a camera or a phone."
        ), field="photos", file=name)
    if code == photo_child.TOO_MANY_PIXELS:
        return refuse("photo_many_pixels", N_(
            "%(file)s has more than %(most)s million points. Set the camera to its ordinary size and take it again."
        ), field="photos", file=name, most=MAX_PIXELS // 1_000_000)
    if code == photo_child.TOO_SMALL:
        return refuse("photo_small", N_(
            "%(file)s is too small to show (%(size)s points; at least %(least)s each way)."
            " Send the picture as the camera took it, not a copy from a chat."
        ), field="photos", file=name, size=word, least=LEAST_SIDE)
    if code == photo_child.TOO_NARROW:
        return refuse("photo_narrow", N_(
            "%(file)s is a long strip: one side is more than %(times)s times the other. Cut out the part with the product."
        ), field="photos", file=name, times=photo_child.NARROWEST)
    if code == photo_child.BROKEN:
        return refuse("photo_broken", N_(
            "%(file)s is damaged and cannot be opened to its end. Send it again, or take the picture anew."
        ), field="photos", file=name)
    return _too_heavy(name)


def too_large(name: str) -> Refusal:
    return refuse("photo_large", N_("%(file)s is larger than %(most)s MB. Choose a smaller picture."),
                  field="photos", file=name, most=MAX_BYTES // 2**20)


def _not_reached(name: str) -> Refusal:
    return refuse("photo_not_reached", N_("%(file)s was not reached: the pictures before it took too long. Send it again alone."),
                  field="photos", file=name)


def _too_heavy(name: str) -> Refusal:
    return refuse("photo_heavy", N_(
        "%(file)s took too much memory or time to open. Open it in the phone's gallery, save a copy, and send that."
    ), field="photos", file=name)
