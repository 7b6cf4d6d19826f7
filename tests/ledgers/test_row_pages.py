"""The pages over the verbs of single rows, as a clerk walks them."""

import re
import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.indicators.makers import COUNTY, VILLAGE
from tests.ledgers.by_hand import by_field, file_in, only, state
from tests.ledgers.filled import Cells, needed_for, rows_for
from tests.support import county
from tests.support.client import PoliceClient
from yizhou.files.models import StoredFile
from yizhou.ledgers.columns import code_table
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.models import VoidedRow
from yizhou.people.models import Person

pytestmark = pytest.mark.django_db


class TestPages:
    """The pages over the verbs, as a clerk walks them."""

    @pytest.fixture
    def sent(self, client: PoliceClient, tmp_path: Path) -> dict[str, str]:
        """A visit as the form sends it, its person named by the public id; the clerk is signed in."""
        made: dict[str, list[Cells]] = {}
        for bound in needed_for(LEDGERS["visits"])[:-1]:
            made[bound.name] = rows_for(bound, made)
            file_in(bound, made[bound.name], tmp_path)
        county.sign_in(client, "BUREAU_STAFF", COUNTY)
        self.person = Person.objects.everywhere("test").filter(household_area=VILLAGE).get()
        self.number = self.person.opened()["id_number"]
        cells = by_field(LEDGERS["visits"], rows_for(LEDGERS["visits"], made)[1])
        posts = ((row["身份证号"], row["姓名"]) for row in made["staff_posts"])
        staff_number, self.visitor = next(post for post in posts if post[0] != self.number)
        named = {"id_number": f"uid:{self.person.uid}", "staff_id_number": staff_number}
        return cells | named | {"visited_at": "2025-03-05T09:30", "purpose": "慰问"}

    def test_a_visit_is_written_from_the_persons_page(
        self, client: PoliceClient, sent: dict[str, str]
    ) -> None:
        add = reverse("ledgers:add", args=["visits"])
        page = client.get(f"{add}?person={self.person.uid}")
        assert f'value="uid:{self.person.uid}" checked>{self.person.name}' in page.text
        refused = client.post(add, sent | {"purpose": ""})
        assert refused.status_code == 422
        assert "“走访目的”必填而为空" in refused.text
        stored = client.post(add, sent)
        assert stored.status_code == 302
        row = client.get(stored.url)
        assert "走访联系台账：登记" in row.text
        assert self.visitor in row.text
        assert self.number not in page.text + refused.text + row.text

    def test_a_row_is_corrected_voided_and_restored(self, client: PoliceClient, sent: dict[str, str]) -> None:
        row = client.post(reverse("ledgers:add", args=["visits"]), sent).url
        form = client.get(f"{row}correct/")
        assert 'value="2025-03-05T09:30:00"' in form.text
        assert f"现为 {self.person.name} {self.number[:6]}" in form.text
        assert "清空" not in form.text, "both numbers must be there"
        assert self.number not in form.text
        seen = state(LEDGERS["visits"], only(LEDGERS["visits"]).pk)
        cells = sent | {"id_number": "", "staff_id_number": "", "place": "家中", "seen": seen}
        assert client.post(f"{row}correct/", cells).status_code == 422
        assert client.post(f"{row}correct/", cells | {"reason": "补记地点"}).status_code == 302
        assert "→ 家中" in client.get(row).text
        records = client.get(reverse("people:panel", args=[self.person.uid, "records"])).text
        listed = f"/ledgers/visits/?person={self.person.uid}"
        assert listed in records
        assert row in client.get(listed).text
        assert row not in client.get(f"/ledgers/visits/?person={uuid.uuid4()}").text
        assert client.post(f"{row}void/", {"reason": ""}).status_code == 422
        for _ in range(2):
            listed = client.post(f"{row}void/", {"reason": "重复登记", "once": "twice"}, follow=True)
            assert "重复登记" in listed.text
        assert (
            f"{self.person.name} {self.number[:6]}********{self.number[-4:]} · 2025-03-05 09:30"
            in listed.text
        )
        assert "<dt>地点</dt>" in listed.text
        assert "家中" in listed.text
        assert self.number not in listed.text
        assert client.post(f"{row}void/", {"reason": "重复登记"}).status_code == 404
        kept = VoidedRow.objects.everywhere("test").get()
        again = client.post(reverse("ledgers:add", args=["visits"]), sent).url
        refused = client.post(reverse("ledgers:restore", args=[kept.uid]))
        assert refused.status_code == 422
        assert "走访联系台账：作废记录" in refused.text
        assert "编号（键）相同的一行" in refused.text
        client.post(f"{again}void/", {"reason": "重复登记"})
        back = client.post(reverse("ledgers:restore", args=[kept.uid]), follow=True)
        told = [f"走访联系台账：{verb}" for verb in ("恢复", "作废", "更正", "登记")]
        assert sorted(told, key=back.text.find) == told
        assert told[-1] in back.text

    def test_references_are_chosen_by_name(self, client: PoliceClient, sent: dict[str, str]) -> None:
        pick = reverse("ledgers:pick", args=["visits", "id_number"])
        found = client.get(f"{pick}?id_number={self.person.name}").text
        assert f'value="uid:{self.person.uid}" checked' in found
        assert self.number not in found
        posts = reverse("ledgers:pick", args=["visits", "staff_id_number"])
        answer = client.get(f"{posts}?staff_id_number=姓名").text
        chosen = re.search(r'value="(uid:[-0-9a-f]+)"', answer)
        assert chosen
        cells = sent | {"staff_id_number": chosen[1]}
        assert client.post(reverse("ledgers:add", args=["visits"]), cells).status_code == 302
        assert client.get(reverse("ledgers:pick", args=["visits", "purpose"])).status_code == 404
        assert self.person.name in client.get("/ledgers/visits/").text

    def test_a_photo_is_kept_about_a_row(self, client: PoliceClient, sent: dict[str, str]) -> None:
        row = client.post(reverse("ledgers:add", args=["visits"]), sent).url
        photo = SimpleUploadedFile("现场.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64, "image/png")
        page = client.post(f"{row}attach/", {"title": "现场照片", "file": photo}, follow=True)
        assert "现场照片" in page.text
        kept = StoredFile.objects.everywhere("test").get()
        visit = only(LEDGERS["visits"])
        assert (kept.about, kept.about_uid) == ("visits", visit.uid)
        assert (kept.person_id, kept.area) == (self.person.pk, VILLAGE)
        empty = client.post(f"{row}attach/", {"title": "没有文件"})
        assert empty.status_code == 422
        assert StoredFile.objects.everywhere("test").count() == 1

    def test_the_list_is_narrowed_by_codes(self, client: PoliceClient, tmp_path: Path) -> None:
        made: dict[str, list[Cells]] = {}
        for bound in needed_for(LEDGERS["hall_receptions"]):
            made[bound.name] = rows_for(bound, made)
            file_in(bound, made[bound.name], tmp_path)
        county.sign_in(client, "BUREAU_STAFF", COUNTY)
        bound = LEDGERS["hall_receptions"]
        row = bound.model._base_manager.filter(area__startswith=COUNTY[:6]).get()
        address = reverse("ledgers:browse", args=[bound.name])
        codes = [code for code in code_table("reception_place").names if code != row.place]
        assert row.reception_no in client.get(f"{address}?place={row.place}").text
        assert row.reception_no not in client.get(f"{address}?place={codes[0]}").text
        assert row.reception_no in client.get(f"{address}?place=nonsense").text
