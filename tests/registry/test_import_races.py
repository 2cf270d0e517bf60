"""Two people and one question: one answer counts, and nothing is made twice."""

import threading

from django.db import connections

from registry.actions.imports import Answer, answer_question
from registry.models import Product, Question
from registry.refusal import Refused
from tests import make
from tests.clones import OwnDatabase
from tests.registry.files import row, taken


def test_two_people_answer_at_once_and_one_product_is_made(own_db: OwnDatabase):
    taken(row(producer=""))
    asked = Question.objects.get()
    told: list[str] = []
    start = threading.Barrier(2)

    def act(name: str) -> None:
        choice = Answer(area=make.area(), producer_name=name, product_name="ผ้าขิด")
        start.wait()
        try:
            answer_question(by=None, question=asked, choice=choice)
            told.append("done")
        except Refused as refused:
            told.extend(refused.codes)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=(name,)) for name in ("กลุ่มหนึ่งโพนงาม", "กลุ่มสองนาดี")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["answered_already", "done"]
    assert Product.objects.count() == 1
