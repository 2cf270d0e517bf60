"""What is said of raw materials whose origin or share is not sure."""

from collections.abc import Sequence

from registry.refusal import N_, Refusal, refuse


def origins_not_read(pieces: Sequence[str]) -> Refusal:
    return refuse(
        "origins_not_read",
        N_(
            "The origin of the raw material “%(said)s” is not sure. Write it like ฝ้าย = ต.หนองบัว อ.นามน จ.กาฬสินธุ์ 60%%, "
            "shares together at most 100, or record it on the product's page."
        ),
        field="material_origins",
        said="; ".join(pieces)[:120],
    )
