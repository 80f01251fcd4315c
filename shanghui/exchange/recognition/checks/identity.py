"""The identity number says a birthday and a gender; the columns beside it may say another."""

from __future__ import annotations

from shanghui.exchange.recognition.bodies import Body
from shanghui.kernel.codes import id_gender


def check_identity(body: Body) -> None:
    """Where number and column disagree, neither is stored until a person has looked."""
    if "id_number" not in body.column_of:
        return
    for i, record in enumerate(body.records):
        fields = record.fields
        number = fields.get("id_number")
        if number is None:
            continue
        birth = fields.get("birth")
        if birth is not None and not number.startswith(birth.replace("-", ""), 6):
            shown = f"{number[6:10]}年{number[10:12]}月{number[12:14]}日"
            body.tell(
                i, "birth", "id_birth_mismatch", "error", f"与身份证号码里的出生日期（{shown}）不一致。请核对这两格"
            )
            body.refuse(i, "birth", "id_number")
        gender = fields.get("gender")
        if gender is not None and gender != id_gender(number):
            body.tell(
                i,
                "gender",
                "id_gender_mismatch",
                "error",
                f"填的是“{gender}”，身份证号码显示为“{id_gender(number)}”。请核对这两格",
            )
            body.refuse(i, "gender", "id_number")
