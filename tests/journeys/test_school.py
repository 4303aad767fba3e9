"""A school signs and submits: from a blank page to the receipt, on paper, with a stand-in, and what its summary needs."""

import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest

from gongxue.records.models import Application, ApplicationPerson, Message, Receipt, SchoolSummary, Signature, User
from gongxue.records.signatures import signable
from gongxue.site.demo.cast import DOMAIN, HOME
from gongxue.site.demo.fill import PASSWORD
from gongxue.site.demo.lives import key_of
from tests.journeys import convening
from tests.journeys.walking import PHONE, Town, Walker, expect
from tests.site.uploads.ordinary import picture

pytestmark = [pytest.mark.needs("chromium")]
RETURNED, HALF, NEARLY, SIGNED, ACROSS = key_of(3), key_of(5), key_of(41), key_of(42), key_of(1)
SCHOOL = "/schools/hc11/"
SAMPLES = Path(__file__).parent.parent.parent / "samples"


def test_from_a_blank_page_to_the_receipt(town: Town) -> None:
    own = _drafted(town.enter("lin"))
    chang = town.enter("chang")
    chang.look("signer-home")
    chang.press("待核章")
    chang.look("waiting")
    chang.press("提問讀詩社群")
    chang.look("sign")
    chang.fill("再輸入一次您的登入密碼", "不是這個")
    chang.press("核章")
    chang.reads("密碼不對，請再輸入一次。")
    chang.look()
    _sign(chang)
    _sign(town.enter("li"), own)
    tsai = town.enter("tsai", PHONE)
    tsai.look("signer-home")
    tsai.page.locator(".site-menu summary").click()
    tsai.page.get_by_role("link", name="待核章").locator("visible=true").click()
    tsai.look("waiting")
    tsai.press("提問讀詩社群")
    _sign(tsai, picture="sign")
    tsai.reads("三個章都核完了。學校承辦人會收到通知，並在截止前送件給教育處。")
    _submitted(town.enter("huang"), own)
    assert Message.objects.filter(to=f"lin@{DOMAIN}", title__contains="提問讀詩社群", title__startswith="已送件").count() == 1


def _drafted(lin: Walker) -> str:
    lin.go("/applications/read-in/")
    lin.look()
    sample: dict[str, Any] = json.loads((SAMPLES / "autonomous.json").read_text("utf-8"))
    user = User.objects.get(email=f"lin@{DOMAIN}")
    sample |= {"fiscal_school": HOME, "convener": sample["convener"] | {"name": user.name, "school": HOME, "email": user.email}}
    for member in sample["members"]:
        member["school"] = HOME
    for session in sample["sessions"]:
        session["host"] = user.name
    paper = json.dumps(sample, ensure_ascii=False).encode()
    lin.page.get_by_label("填好的附件二或交換檔").set_input_files({"name": "讀詩.json", "mimeType": "application/json", "buffer": paper})
    lin.press("讀讀看")
    lin.look()
    lin.press("用這份內容開草稿")
    lin.title("提問讀詩社群")
    own = lin.page.url.removeprefix(lin.address)
    lin.go(f"{own}check/")
    convening.send(lin)
    return own


def _sign(signer: Walker, own: str = "", picture: str = "") -> None:
    if own:
        signer.go(f"{own}signing/")
    signer.look(picture)
    signer.fill("再輸入一次您的登入密碼", PASSWORD)
    signer.press("核章")
    signer.title("核章已記錄")
    signer.look("signed" if picture else "")


def _submitted(huang: Walker, own: str) -> None:
    huang.press("本校社群")
    huang.look("school")
    huang.page.get_by_role("row", name="提問讀詩社群").get_by_role("link", name="送件", exact=False).first.click()
    huang.title("送件")
    expect(huang.page.get_by_role("checkbox", checked=True)).to_have_count(1)
    huang.look("submit")
    huang.press("送件")
    huang.title("已送件 1 件")
    huang.look()
    huang.press("看回執")
    huang.title("送件回執")
    huang.look("receipt")
    name, paper = huang.fetch("下載回執 PDF")
    receipt = Receipt.objects.get(application=_key(own))
    assert (receipt.text in name, paper[:5]) == (True, b"%PDF-")
    huang.reads(receipt.text, "線上核章")


def test_returned_stood_in_for_scanned_confirmed_and_all_submitted(town: Town) -> None:
    _return(town.enter("chang"))
    _stand_in(town, town.enter("tsai", PHONE))
    huang = town.enter("huang")
    _let_in(huang)
    _scanned(huang)
    _all_submitted(huang)
    _taken_back(huang)
    _confirmed(town.enter("hsu"))
    _summary(town, huang)


def _return(chang: Walker) -> None:
    chang.go(f"/applications/{RETURNED}/signing/")
    chang.press("退回給召集人修改")
    chang.fill("要改什麼（召集人會看到）", "第 3 場和學校段考同一天，請改期。")
    chang.look("return")
    chang.fill("要改什麼（召集人會看到）", "  ")
    chang.press("退回")
    chang.reads("請寫明原因，讓召集人知道要改什麼。")
    chang.look()
    chang.fill("要改什麼（召集人會看到）", "第 3 場和學校段考同一天，請改期。")
    chang.press("退回")
    chang.title("已退回給召集人")
    chang.look()
    assert Application.objects.get(pk=RETURNED).state == "returned"


def _stand_in(town: Town, tsai: Walker) -> None:
    tsai.go(f"/applications/{HALF}/signing/")
    tsai.look()
    tsai.press("指定代理人")
    tsai.choose("代理哪個職務", "會計")
    other = Application.objects.get(pk=RETURNED)
    name = ApplicationPerson.objects.filter(application=other, role="member").order_by("pk").values_list("user__name", flat=True)[0]
    tsai.choose("代理人", str(name))
    tsai.fill("代理到哪一天", "111/3/26")
    tsai.look("stand-in")
    tsai.press("指定這個人代理")
    instead = town.enter_as(User.objects.get(name=name).email)
    instead.look()
    instead.page.get_by_role("link", name=re.compile("看內容並核章.*校訂課程跨域研創")).click()
    instead.reads("您代理會計核章")
    _sign(instead)
    _sign(tsai, f"/applications/{HALF}/")
    assert [(row.role, row.stands_in_for_id is not None) for row in Signature.objects.filter(subject_id=str(HALF)).order_by("pk")] == [
        ("director", False),
        ("accountant", True),
        ("principal", False),
    ]


def _let_in(huang: Walker) -> None:
    """Who holds which post; somebody is invited to become a member."""
    huang.press("人員與職務")
    huang.look("people")
    huang.press("用電子郵件邀請")
    huang.fill("電子郵件", f"new-teacher@{DOMAIN}")
    huang.look()
    huang.press("寄出邀請")
    huang.reads("邀請排入待寄", f"new-teacher@{DOMAIN}", f"yeh@{DOMAIN}")
    huang.look()
    huang.go("/home/")


def _scanned(huang: Walker) -> None:
    huang.go(f"/applications/{NEARLY}/signing/")
    name, paper = huang.fetch("下載 PDF")
    assert (name.endswith(".pdf"), paper[:5]) == (True, b"%PDF-")
    huang.press("上傳核章掃描檔")
    huang.look("scan")
    huang.page.get_by_label("紙本頁尾的校驗碼").fill("9f2c41d07ab3")
    huang.press("上傳")
    huang.reads("請勾選紙上已經蓋了誰的章。")
    huang.look()
    huang.page.get_by_label("校長", exact=True).check()
    code = signable(Application.objects.get(pk=NEARLY)).digest[:12]
    huang.page.get_by_label("紙本頁尾的校驗碼").fill(code)
    scan = huang.page.get_by_label("掃描檔或照片")
    scan.set_input_files({"name": "第一頁.jpg", "mimeType": "image/jpeg", "buffer": b"GIF89a, and no photo"})
    huang.press("上傳")
    huang.reads("這個檔案的內容不是其中一種")
    huang.look()
    expect(huang.page.get_by_label("校長", exact=True)).to_be_checked()
    scan.set_input_files({"name": "第一頁.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG")})
    huang.press("上傳")
    huang.title("核章已記錄")
    huang.go(f"/applications/{NEARLY}/signing/")
    huang.reads("紙本核章，掃描檔由黃美玲")
    huang.look()
    name, scanned = huang.fetch("下載掃描檔")
    assert (name.rpartition(".")[2], scanned[:2]) == ("jpg", b"\xff\xd8")


def _all_submitted(huang: Walker) -> None:
    huang.go(SCHOOL)
    huang.press("送件（3 件可送）")
    huang.look()
    for box in huang.page.get_by_role("checkbox").all():
        box.uncheck()
    huang.press("送件")
    huang.reads("請至少勾選一件。")
    huang.look()
    for box in huang.page.get_by_role("checkbox").all():
        box.check()
    huang.press("送件")
    huang.title("已送件 3 件")
    huang.look("submitted")
    huang.press("回學校的社群")
    huang.look()


def _taken_back(huang: Walker) -> None:
    huang.go(f"/applications/{SIGNED}/receipt/")
    huang.press("撤回送件")
    huang.look()
    huang.press("撤回送件")
    huang.reads("已撤回送件，核章仍然有效；截止前可以再送。")
    huang.look()
    huang.go(f"/applications/{SIGNED}/receipt/")
    huang.reads("現在沒有有效的回執")
    huang.look()
    huang.go(SCHOOL)
    huang.press("送件（1 件可送）")
    huang.press("送件")
    huang.title("已送件 1 件")
    assert Receipt.objects.filter(application=SIGNED, voided_at=None).count() == 1


def _confirmed(hsu: Walker) -> None:
    hsu.look()
    hsu.press("夥伴學校確認")
    hsu.look()
    hsu.press("走讀家鄉課程社群")
    hsu.look("partner")
    hsu.press("確認這些成員")
    hsu.reads("已確認")
    hsu.look()
    assert Application.objects.get(pk=ACROSS).schools.filter(confirmed_at__isnull=False).count() == 1


def _summary(town: Town, huang: Walker) -> None:
    huang.go(SCHOOL)
    huang.press("附件一 彙整表")
    huang.look()
    huang.press("填學校基本資料")
    expect(huang.page.get_by_label("姓名").first).to_have_value("蔡文彬")
    huang.look("facts")
    huang.fill("班級數", "很多")
    huang.press("儲存")
    huang.reads("請填數字，例如 24。")
    huang.look()
    huang.fill("班級數", "24")
    huang.press("儲存")
    huang.press("送核章")
    for signer in (huang, town.enter("chang"), town.enter("tsai", PHONE)):
        signer.go(f"{SCHOOL}summary/")
        signer.look("summary" if signer is huang else "")
        signer.fill("再輸入一次您的登入密碼", PASSWORD)
        signer.press("核章")
        signer.look()
    huang.go("/home/")
    huang.page.get_by_role("link", name=re.compile("到附件一.*東園國小的附件一")).click()
    huang.press("送出附件一")
    huang.reads("送出。")
    huang.look()
    assert SchoolSummary.objects.get(school__name=HOME).state == "sent"


def test_signing_and_submitting_without_javascript(town: Town) -> None:
    for key in ("chang", "li", "tsai"):
        signer = town.enter(key, PHONE, java_script_enabled=False)
        signer.go(f"/applications/{RETURNED}/signing/")
        signer.fill("再輸入一次您的登入密碼", PASSWORD)
        signer.press("核章")
        signer.title("核章已記錄")
    huang = town.enter("huang", PHONE, java_script_enabled=False)
    huang.go(f"{SCHOOL}?q=閱讀理解")
    huang.page.get_by_role("row", name="閱讀理解教學共備").get_by_role("link", name="送件").first.click()
    huang.press("送件")
    huang.title("已送件 1 件")
    huang.press("看回執")
    huang.title("送件回執")
    assert Application.objects.get(pk=RETURNED).state == "submitted"


def _key(own: str) -> uuid.UUID:
    return uuid.UUID(own.strip("/").rpartition("/")[2])
