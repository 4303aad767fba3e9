"""A filled 附件二 of three pages, written out by hand: renderers are tried on it without the form descriptions."""

from gongxue.documents.blocks import Align, Blank, Block, Cell, Line, PageBreak, Paper, Paragraph, Row, Seals, Table, Tick, Title

DIGEST = "9f2c4e8a1b7d3056e4c8f0a2b6d49173508ec1fa7b3d92640c85ae17f3b20d6e"

Words = str | Tick | Blank | tuple[Line, ...]


def cell(words: Words = "", *, columns: int = 1, rows: int = 1, align: Align = "start", field: str = "") -> Cell:
    """A cell of one line, or of the lines given."""
    lines = words if isinstance(words, tuple) else ((words,),)
    return Cell(lines=lines, columns=columns, rows=rows, align=align, field=field)


def label(words: Words, *, columns: int = 1, rows: int = 1) -> Cell:
    """A header cell, centred."""
    lines = words if isinstance(words, tuple) else ((words,),)
    return Cell(lines=lines, columns=columns, rows=rows, align="center", head=True)


def row(*cells: Cell | str) -> Row:
    """A row; bare text is a plain cell."""
    return Row(tuple(cell(each) if isinstance(each, str) else each for each in cells))


def heads(*labels: str) -> Row:
    """A row of header cells."""
    return Row(tuple(label(each) for each in labels))


def ticks(*labels: str, ticked: tuple[str, ...] = ()) -> Line:
    """Tick boxes in one line."""
    return tuple(Tick(each in ticked, each) for each in labels)


def of(*blocks: Block, title: str = "試印") -> Paper:
    """A paper of these blocks alone."""
    return Paper(title=title, blocks=blocks, version="3", digest=DIGEST)


MEMBERS = (
    ("新竹市北區民富國民小學", "黃志明", "數學、自然", ""),
    ("新竹市北區民富國民小學", "吳堃喆", "五年級導師", "課堂實踐"),
    ("新竹市東區關東國民小學", "𠮷田惠美", "本土語文（hak-kâ）", ""),
    ("新竹市東區關東國民小學", "詹㛢", "數學", ""),
    ("新竹市香山區大湖國民小學", "曾𡘙", "資訊科技", "輔導團員"),
)

SESSIONS = (
    (
        "111.9.14(三)\n13:30-15:00",
        "社群發展規劃討論：盤點學生在分數概念上的迷思，訂定一學年的共備主題。",
        "主題經驗分享",
        "主持人：林雅婷",
        "民富國小會議室",
    ),
    (
        "111.10.12(三)\n13:30-16:00",
        "素養導向數學遊戲設計（一）：從桌遊機制談提問層次。",
        "專題講座",
        "講座：陳光鴻\n（外聘 2 節・國立清華大學）",
        "民富國小圖書館",
    ),
    (
        "111.11.16(三)\n13:30-15:00",
        "共備課程設計 1：以「分數拔河」為例，撰寫單元教案。",
        "共同備課",
        "主持人：黃志明",
        "線上（Google Meet）",
    ),
    (
        "111.12.14(三)\n10:20-12:00",
        "公開授課與專業回饋 1：五年級「等值分數」。",
        "公開授課",
        "專家學者諮詢輔導：曾𡘙",
        "關東國小五年三班；課堂實踐",
    ),
    (
        "112.3.15(三)\n13:30-15:00",
        "共備課程設計 2：依回饋修正教案，並設計素養導向評量工具。",
        "協同備課",
        "主持人：詹㛢",
        "關東國小數學教室",
    ),
    ("112.4.19(三)\n13:30-15:00", "學生作品分析與評分規準校準。", "同儕省思對話", "主持人：吳堃喆", "民富國小會議室"),
    ("112.5.17(三)\n13:30-15:00", "成果彙整與分享，討論下一年度方向。", "主題經驗分享", "主持人：林雅婷", "民富國小會議室"),
)

KINDS = (
    ("教學專業回饋", "主題探討（含專書、影帶）", "主題經驗分享"),
    ("教學檔案製作", "專題講座", "新進教師輔導", "標竿楷模學習"),
    ("新課程發展", "教學方法創新", "教學媒材研發", "行動研究"),
    ("協同備課", "同儕省思對話", "案例分析", "專業領域研討"),
)


def _grid() -> Table:
    convener = Row(
        (label("社群召集人", rows=3), label("姓名"), cell("林雅婷", field="convener.name"), label("職稱"), cell("教師兼教務組長"))
    )
    return Table(
        label="社群基本資料",
        widths=(2.6, 2, 4.4, 2.4, 4.4),
        rows=(
            row(label("社群名稱"), cell("數學遊戲共備社群", columns=4, field="name")),
            row(
                label("申請社群類別"),
                cell(
                    (
                        ticks("專業自主學習社群"),
                        (Tick(True, "專題實踐學習社群"), "（第 2 年申請，滿 3 年可直接申請課程研創社群）"),
                        ticks("課程研創學習社群"),
                    ),
                    columns=4,
                ),
            ),
            row(
                label("是否為跨校社群"),
                cell((ticks("是", "否", ticked=("是",)),), columns=2),
                label((("社群人數",), ("(含召集人)",))),
                cell("6 人", align="center"),
            ),
            row(
                label("社群內容"),
                cell(
                    (
                        ticks("學習診斷與學力促進", "備觀議課", ticked=("備觀議課",)),
                        ticks("彈性學習課程規劃", "跨領域教學(協同教學)"),
                        ticks("素養導向教學設計", "素養導向評量工具", ticked=("素養導向教學設計", "素養導向評量工具")),
                        ticks("十二年國教新課綱之相關議題", "校本課程"),
                        (Tick(False, "其他("), Blank("content_other"), ")", Tick(True, "領域融入")),
                    ),
                    columns=4,
                ),
            ),
            convener,
            row(label("服務單位"), "新竹市北區民富國民小學", label("任教科目"), "數學"),
            row(label("電子郵件"), "yating.lin@mfes.hc.edu.tw", label("連絡電話"), Cell(((Blank("convener.phone"),),))),
            row(
                label((("社群內容概述",), ("(100字內)",))),
                cell(
                    "以「數學遊戲」為媒介，從學生的分數迷思出發，共同備課、觀課、議課，\n發展三個素養導向單元與評量工具，並分享給跨校夥伴。",
                    columns=4,
                ),
            ),
        ),
    )


def _members() -> Table:
    return Table(
        label="社群成員",
        widths=(1, 5, 3, 4, 3),
        head_rows=1,
        rows=(
            heads("序號", "服務學校", "姓名", "任教科目", "備註"),
            *(row(cell(str(number), align="center"), *each) for number, each in enumerate(MEMBERS, 1)),
        ),
    )


def _sessions() -> Table:
    return Table(
        label="年度進度規劃",
        widths=(1, 2.9, 5.2, 2.6, 3.4, 3),
        head_rows=1,
        rows=(
            heads("場次", "日期/時間", "實施內容", "實施方式", "主持人/講座/專家學者諮詢輔導", "地點/備註"),
            *(row(cell(str(number), align="center"), *each) for number, each in enumerate(SESSIONS, 1)),
        ),
    )


def _money() -> Table:
    def line(name: Cell, quantity: str, unit: str, price: str, amount: str, note: Cell | None) -> Row:
        figures = (cell(quantity, align="end"), cell(unit, align="center"), cell(price, align="end"), cell(amount, align="end"))
        return Row((name, *figures) if note is None else (name, *figures, note))

    fees = "1.依行政院「講座鐘點費支給表」規定，外聘講座鐘點費：專家學者2,000元/節；內聘講座鐘點費：1,000元/節。\n2.社群內講座不得支領超過講座鐘點費總申請經費之百分之五十。"
    second = Row((cell("", align="end"), cell("節", align="center"), cell("1,500", align="end"), cell("0", align="end")))
    return Table(
        label="經費概算表",
        widths=(3, 1.4, 1.4, 1.8, 2.2, 7),
        head_rows=1,
        rows=(
            heads("項目", "數量", "單位", "單價", "總價", "備註"),
            line(label("外聘講座鐘點費", rows=2), "2", "節", "2,000", "4,000", cell(fees, rows=3)),
            second,
            line(label("內聘講座鐘點費"), "1", "節", "1,000", "1,000", None),
            line(label("二代健保補充費"), "1", "式", "106", "106", cell("講座鐘點費之 2.11%")),
            line(label("印刷費"), "20", "份", "80", "1,600", cell("每份以100元為上限。")),
            line(label("教具教材費"), "1", "式", "3,400", "3,400", cell("詳附錄1。")),
            line(label("膳費"), "24", "人次", "80", "1,920", cell("")),
            line(label("雜支"), "1", "式", "600", "600", cell("不超過業務費5%")),
            row(label("合計"), cell("12,626 元", columns=4, align="end"), cell("其餘各項經費得相互勻支。", rows=2)),
            row(label("總計"), cell("新臺幣壹萬貳仟陸佰貳拾陸元整", columns=4, align="end")),
        ),
    )


def _appendices() -> tuple[Block, ...]:
    items = (("分數磁貼組", "6", "組", "350", "2,100"), ("桌遊《數感實驗》", "2", "盒", "650", "1,300"))
    books = (
        ("數學課室裡的對話", "共讀並轉化為提問設計", "6"),
        ("How Children Learn Mathematics", "第 3、5 章，作為評量工具設計之參考", "2"),
    )
    return (
        Title("附錄1：教具教材費品項略述", level=2),
        Table(
            label="教具教材費品項",
            widths=(5, 1.5, 1.5, 2, 2, 4),
            head_rows=1,
            rows=(
                heads("項目", "數量", "單位", "單價", "總價", "備註"),
                *(
                    row(name, cell(n, align="end"), cell(unit, align="center"), cell(price, align="end"), cell(total, align="end"), "")
                    for name, n, unit, price, total in items
                ),
                row(label("合計"), cell("3,400 元", columns=4, align="end"), ""),
            ),
        ),
        Title("附錄2：擬採購用於教師專業成長之書單", level=2),
        Table(
            label="書單",
            widths=(6, 8, 2),
            head_rows=1,
            rows=(
                heads("教師專業成長相關書目", "與學習社群運作之相關說明", "本數"),
                *(row(name, use, cell(copies, align="end")) for name, use, copies in books),
            ),
        ),
        Seals(("承辦主任", "會計", "校長")),
    )


def application() -> Paper:
    """The whole form: grid, ticks, growing tables, money table, notes, seals."""
    blocks: tuple[Block, ...] = (
        Title("新竹市111學年度教師專業學習社群申請書", subtitle="（由各教師專業學習社群撰寫）"),
        _grid(),
        Title("社群成員（不含召集人，依需求自行增列使用）", level=2),
        _members(),
        Title("一、社群預計實施方式（可複選）：", level=2),
        Paragraph(tuple(ticks(*kinds, ticked=("專題講座", "協同備課", "同儕省思對話")) for kinds in KINDS)),
        Title("三、年度進度規劃（專題實踐學習社群至少8次）", level=2),
        _sessions(),
        Paragraph(
            (("進度規劃表備註：",), ("1.「實施內容」需與「實施方式」配合，請具體簡要填列。",), ("2.本進度規劃表為社群審查重點項目之一。",)),
            small=True,
        ),
        Title("四、預期效益與檢核方式：", level=2),
        Table(
            label="預期效益與檢核方式",
            widths=(1, 1),
            head_rows=1,
            rows=(
                heads("預期效益", "具體檢核方式"),
                row(
                    "落實教學觀察與回饋，提升教師課程設計與教學技巧。", "1.至少進行1場次的教學觀察與回饋。\n2.社群成員能有百分之八十參與。"
                ),
                row("學生能以等值分數解釋公平分配的情境。", "1.前後測答對率提升 15%。\n2.完成單元學習單 3 份。"),
            ),
        ),
        PageBreak(),
        Title("五、經費概算表（依據經費編列原則）", level=2),
        _money(),
        *_appendices(),
    )
    return Paper(title="新竹市111學年度教師專業學習社群申請書", blocks=blocks, version="3", digest=DIGEST)
