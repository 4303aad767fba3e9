"""`gongxue import`: people and past communities come in all or nothing, and every row says what it does or what is wrong with it."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from tests.commands.installation import Installation

PEOPLE = [
    ["學校", "姓名", "任教科目", "電子郵件", "職務", "起日", "迄日"],
    ["東園國小", "林怡君", "數學", "lin@school.example", "成員", "111/8/1", ""],
    ["183601", "陳志明", "自然", "chen@school.example", "成員、承辦人", "2022-08-01", "112年7月31日"],
    ["", "鄭惠如", "", "officer@city.example", "教育處承辦人", "", ""],
]
CAME = """
from gongxue.records.models import User
User.objects.filter(email="lin@school.example").update(last_login="2022-08-02T08:00:00+08:00")
"""
COUNT = """
from gongxue.records.models import Application, Message, Post, TrailEntry, User
from gongxue.records import soundness
print(User.objects.count(), Post.objects.count(), Message.objects.count(), Application.objects.count(), soundness.thorough())
"""


def csv(rows: list[list[str]], encoding: str = "utf-8", comma: str = ",") -> bytes:
    return "\r\n".join(comma.join(row) for row in rows).encode(encoding)


def xlsx(rows: list[list[str]]) -> bytes:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, [int(cell) if cell.isdigit() else cell for cell in row])
    book.close()
    return data.getvalue()


def ods(rows: list[list[str]]) -> bytes:
    cells = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row)
        + "</table:table-row>"
        for row in rows
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{space}office:1.0" xmlns:table="{space}table:1.0" xmlns:text="{space}text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="a">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{space}manifest:1.0"/>')
    return data.getvalue()


WAYS: dict[str, tuple[str, Callable[[list[list[str]]], bytes]]] = {
    "CSV": ("people.csv", csv),
    "CSV with a byte order mark": ("people.csv", lambda rows: csv(rows, "utf-8-sig")),
    "CSV in Big5": ("people.csv", lambda rows: csv(rows, "cp950")),
    "tabs in UTF-16": ("people.csv", lambda rows: csv(rows, "utf-16", "\t")),
    "XLSX": ("people.xlsx", xlsx),
    "ODS": ("people.ods", ods),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_sheet_of_any_kind_says_what_each_row_does(begun: Installation, tmp_path: Path, way: str) -> None:
    name, written = WAYS[way]
    file = tmp_path / name
    file.write_bytes(written(PEOPLE))
    done = begun.run("import", "people", file, "--dry-run")
    assert done.lines == [
        "第 2 列：新帳號、任成員",
        "第 3 列：新帳號、任成員、任承辦人",
        "第 4 列：新帳號、任教育處承辦人",
        "試算完成，3 列都可以匯入；沒有寫入任何資料",
    ]
    assert done.status == 0
    assert done.told == (["以 Big5（CP950）讀取；請看看姓名對不對"] if way == "CSV in Big5" else [])


def test_what_was_tried_is_not_there_and_what_was_imported_is_there_once(begun: Installation, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(csv(PEOPLE))
    begun.run("import", "people", file, "--dry-run")
    assert begun.python(COUNT) == "0 0 0 0 []"
    assert begun.run("import", "people", file, "--invite").status == 0
    assert begun.python(COUNT) == "3 4 3 0 []"
    again = begun.run("import", "people", file, "--invite", "--lang", "en")
    assert again.lines == [
        "row 2: is member already",
        "row 3: is member already, is school clerk already",
        "row 4: is city officer already",
        "3 rows imported",
    ]
    assert begun.python(COUNT) == "3 4 3 0 []"
    held = "from gongxue.records.models import Post; print(*Post.objects.values_list('first', 'last').get(role='clerk'))"
    assert begun.python(held) == "2022-08-01 2023-07-31"


def test_who_was_brought_in_before_and_never_came_is_told_once(begun: Installation, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(csv(PEOPLE))
    begun.run("import", "people", file)
    assert begun.python(COUNT) == "3 4 0 0 []"
    begun.python(CAME)
    first, second = (begun.run("import", "people", file, "--invite").lines[:3] for _ in range(2))
    assert first == ["第 2 列：已是成員", "第 3 列：已是成員、已是承辦人、寄邀請信", "第 4 列：已是教育處承辦人、寄邀請信"]
    assert second == ["第 2 列：已是成員", "第 3 列：已是成員、已是承辦人", "第 4 列：已是教育處承辦人"]
    assert begun.python(COUNT) == "3 4 2 0 []"


WRONG = [
    (["東園國小", "林怡君", "", "no address", "成員", "", ""], "電子郵件格式不對"),
    (["沒有國小", "林怡君", "", "a@b.example", "成員", "", ""], "名單裡沒有「沒有國小」這所學校"),
    (["東園國小", "林怡君", "", "a@b.example", "村長", "", ""], "沒有「村長」這個職務"),
    (["東園國小", "", "", "a@b.example", "成員", "", ""], "沒有姓名。"),
    (["東園國小", "林怡君", "", "a@b.example", "", "", ""], "沒有職務。"),
    (["", "林怡君", "", "a@b.example", "承辦人", "", ""], "「承辦人」必須在一所學校"),
    (["東園國小", "林怡君", "", "a@b.example", "成員", "111/2/30", ""], "111年2月只有 28 天"),
    (["東園國小", "林怡君", "", "a@b.example", "成員", "112/8/1", "111/8/1"], "結束日不能早於開始日"),
    (["東園國小", "別人", "", "lin@school.example", "成員", "", ""], "這個電子郵件是「林怡君」的，不是「別人」"),
]


def test_one_wrong_row_and_nothing_is_imported_and_all_wrong_rows_are_told(begun: Installation, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(csv([*PEOPLE, *(row for row, _ in WRONG)]))
    done = begun.run("import", "people", file)
    assert done.status == 1
    assert [told for (_, told), line in zip(WRONG, done.told, strict=False) if told not in line] == []
    assert done.told[-1] == f"{len(WRONG)} 列有問題，全部都沒有匯入"
    assert begun.python(COUNT) == "0 0 0 0 []"


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("people.csv", b"", "表格是空的"),
        ("people.csv", csv([["學校", "姓名"]]), "第一列要有這些欄名：電子郵件、職務"),
        ("people.csv", csv([["姓名", "姓名"]]), "「姓名」這一欄有兩個"),
        ("people.csv", b"\xff\xfe\xff", "文字編碼應為 UTF-8 或 Big5（CP950）"),
        ("people.xlsx", b"PK no book", "不是讀得懂的試算表"),
    ],
    ids=["empty", "without columns", "a column twice", "no text", "no book"],
)
def test_a_file_that_is_no_such_sheet_is_told(begun: Installation, tmp_path: Path, name: str, data: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(data)
    done = begun.run("import", "people", tmp_path / name)
    assert done.status == 1
    assert told in done.told[-1]


COMMUNITIES = [
    ["學校", "社群名稱", "類別", "學年度", "召集人", "召集人電子郵件", "成員"],
    ["東園國小", "提問讀詩", "專題實踐", "109", "林怡君", "lin@school.example", "陳志明、王小美（三民國小）"],
    ["東園國小", "提問讀詩", "thematic", "110", "林怡君", "lin@school.example", "陳志明、王小美"],
    ["三民國小", "共備自然", "專業自主學習社群", "110學年度", "不在的人", "", ""],
]
KEPT = """
from gongxue.records.models import Application, TrailEntry
for each in Application.objects.order_by('programme', 'name'):
    print(each.programme, each.programme_version, each.state, each.name, each.tier, each.fiscal_school.name, each.people, each.cross_school,
          each.ceiling, each.persons.count(), [(row['school_year'], row['tier']) for row in each.document['history']],
          list(TrailEntry.objects.filter(subject='application', subject_id=each.pk).values_list('verb', 'role')))
"""


def with_people(begun: Installation, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes(csv(PEOPLE))
    assert begun.run("import", "people", tmp_path / "people.csv").status == 0


def test_last_years_communities_come_in_as_approved_once(begun: Installation, tmp_path: Path) -> None:
    with_people(begun, tmp_path)
    file = tmp_path / "communities.ods"
    file.write_bytes(ods(COMMUNITIES))
    tried = begun.run("import", "communities", file, "--dry-run")
    assert (tried.status, tried.lines[0], begun.python(KEPT)) == (0, "第 2 列：109 學年度、匯入為核定", "")
    assert begun.run("import", "communities", file).lines[-1] == "已匯入 3 列"
    entry = "[('import', 'system')]"
    assert begun.python(KEPT).splitlines() == [
        f"hsinchu-109 0 approved 提問讀詩 thematic 東園國小 3 True None 1 [] {entry}",
        f"hsinchu-110 0 approved 共備自然 autonomous 三民國小 1 False None 0 [] {entry}",
        f"hsinchu-110 0 approved 提問讀詩 thematic 東園國小 3 False None 1 [(109, 'thematic')] {entry}",
    ]
    again = begun.run("import", "communities", file)
    assert again.lines[:2] == ["第 2 列：109 學年度、已經有了，照舊", "第 3 列：110 學年度、已經有了，照舊"]
    assert begun.python(COUNT) == "3 4 0 3 []"


def test_a_convener_copies_last_years_into_this_years(begun: Installation, tmp_path: Path) -> None:
    with_people(begun, tmp_path)
    (tmp_path / "communities.csv").write_bytes(csv(COMMUNITIES))
    assert begun.run("import", "communities", tmp_path / "communities.csv").status == 0
    copied = begun.python("""
from gongxue.records.copying import start_copy
from gongxue.records.models import Application, User
from gongxue.records.people import actor_for
from gongxue.site import clock
from gongxue.site.programme import current
at = clock.real_now()
me = actor_for(User.objects.get(email='lin@school.example').pk, at.date())
last = Application.objects.get(programme='hsinchu-110', name='提問讀詩')
new = start_copy(last.pk, current(), actor=me, at=at)
print(new.programme, new.state, new.document['tier_year'], [row['school_year'] for row in new.document['history']])
""")
    assert copied == "hsinchu-111 draft 3 [109, 110]"


def test_records_in_the_exchange_format_keep_all_that_they_say(begun: Installation, tmp_path: Path) -> None:
    with_people(begun, tmp_path)
    paper = json.loads(Path("tests/examples/bases/thematic.json").read_text("utf-8")) | {"programme": "hsinchu-110"}
    lines = [paper, paper | {"programme": "hsinchu-111"}, paper | {"programme": "taoyuan-109"}, paper | {"name": ""}]
    file = tmp_path / "communities.ndjson"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in [lines[0]]), "utf-8")
    assert begun.run("import", "communities", file).status == 0
    kept = begun.python("from gongxue.records.models import Application; print(len(Application.objects.get().document['sessions']))")
    assert kept == str(len(paper["sessions"]))
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n{", "utf-8")
    done = begun.run("import", "communities", file)
    assert done.status == 1
    assert [line.split("：")[0] for line in done.told] == ["第 2 列", "第 3 列", "第 4 列", "第 5 列", "4 列有問題，全部都沒有匯入"]


def test_communities_wait_for_the_first_officer(begun: Installation, tmp_path: Path) -> None:
    (tmp_path / "communities.csv").write_bytes(csv(COMMUNITIES))
    done = begun.run("import", "communities", tmp_path / "communities.csv")
    assert (done.status, done.told) == (1, ["還沒有市府承辦人：請先用 gongxue init 的連結登入。"])


def test_where_there_is_no_database_nothing_is_imported(installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes(csv(PEOPLE))
    done = installation.run("import", "people", tmp_path / "people.csv")
    assert (done.status, done.told) == (1, ["資料庫還沒有建立：請執行 gongxue init"])
