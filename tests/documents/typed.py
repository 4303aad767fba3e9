"""Forms as people fill them in: the city's own paper, typed by hand into one big table, with its examples left in it."""

from gongxue.documents.reading.sheet import GridCell, GridTable, ParagraphText, Sheet, SheetBlock

Row = tuple[GridCell, ...]


def row(*texts: str | GridCell) -> Row:
    """A row; bare text is a cell of one column."""
    return tuple(GridCell(text) if isinstance(text, str) else text for text in texts)


def wide(text: str, columns: int, rows: int = 1) -> GridCell:
    return GridCell(text, columns, rows)


def table(*rows: Row) -> GridTable:
    return GridTable(rows)


def sheet(*blocks: SheetBlock) -> Sheet:
    return Sheet(blocks)


TITLE = ParagraphText("新竹市111學年度教師專業學習社群申請書")

GRID = table(
    row("社群名稱", wide(" 讀報社群 ", 4)),
    row("申請社群\n類別", wide("V專業自主學習社群\n□專題實踐學習社群(第   年申請，滿3年可直接申請課程研創社群)\n□課程研創學習社群", 4)),
    row("是否為跨校社\n群", wide("□是   ■否", 2), "社群人數 \n(含召集人)", "4"),
    row(
        "社群內容\n",
        wide(
            "□學習診斷與學力促進          ☑備觀議課\n□彈性學習課程規劃            □跨領域教學(協同教學)     \nˇ素養導向教學設計            □素養導向評量工具 \n"
            "□十二年國教新課綱之相關議題  □校本課程 \n■其他(  校刊編輯  )     □領域融入",
            4,
        ),
    ),
    row(wide("社群 \n召 集 人", 1, 3), "姓名", "林佩蓉", "職稱", "教師"),
    row("服務\n單位", "北門國小", "任教科目", "國語"),
    row("電子\n郵件", "a@example.edu.tw", "連絡電話", "03-5000100#21"),
    row("社群內容概述 \n(100字內，請簡\n述社群與教師教\n學、課程或學生\n學習成效之關聯\n性)", wide("共讀報紙，\n設計提問。", 4)),
    row(wide("社群成員 \n(不含召集人，依\n需求自行增列使\n用)", 1, 5), "序號", "服務學校", "姓名", "任教科目", "備註"),
    row("1", wide("北門國小", 1, 2), "許志豪", "國語", "三年級導師"),
    row("", "張雅筑", "國語", ""),
    row("", "北門國小 ", " 曾子翔", "", ""),
    row("4", "", "", "", ""),
    row(
        wide(
            "一、社群預計實施方是（可複選）：\n□教學專業回饋    ●主題探討（含專書、影帶）           □主題經驗分享   \n□教學檔案製作    □專題講座         □新進教師輔導    □標竿楷模學習\n"
            "□協同備課        √同儕省思對話     □案例分析        □專業領域研討 \n□其他         ＿＿＿＿＿＿＿＿＿＿＿＿＿＿",
            6,
        )
    ),
)

SESSION_HEAD = row("場\n次", "日期/\n時間", "實施內容", "實施方式", "主持人/講\n座/專家學\n者諮詢輔\n導", "地點/備註")

SCHEDULE = (
    ParagraphText("三、年度進度規劃（專業自主學習社群至少6次；專題實踐學習社群至少8次；課程研創學\n習社群至少12次）"),
    table(
        SESSION_HEAD,
        row("1", "111.9.7\n13:30~15:30", "選報", "主題探討", "主持人：林佩蓉", "圖書館"),
        row("2", "111/10/5(三)\n下午1:30-3:30", "讀報講座", "專題講座", "外聘講師 李大華（國立清華大學）2節", "視聽教室"),
        row("3", "１１１．１１．２\n１３：３０～１５：３０", "共備", "共備", "許志豪", "線上（Google Meet）"),
        row("", "", "", "", "", ""),
    ),
    ParagraphText(""),
    table(
        row("4", "111年12月7日 10:30-11:10", "提問入班", "課堂實踐", "張雅筑", "三年甲班、課堂實踐"),
        row("5", "112-3-8 13:30-15:30", "分享", "同儕省思對話", "主持人 曾子翔", "圖書館"),
        row("6", "112.5.17\n13:30-15:30", "回顧", "1.案例分析\n2.主題經驗分享", "林佩蓉\n(主持人)", "圖書館"),
    ),
    ParagraphText("進度規劃表備註："),
    ParagraphText("1.請依社群申請類別，各類別活動實施方式與次數規定填列"),
    ParagraphText("(請參考下列填寫範例)"),
    table(
        row("場次", "日期/\n時間", "實施內容", "實施方式", "主持人/講座/專家\n學者諮詢輔導", "地點/備註"),
        row("1", "111.0.0\n14:00-15:00", "社群發展規劃討論", "主題討論", "主持人\n(社群成員可)", ""),
    ),
)

OUTCOMES = (
    ParagraphText("四、預期效益與檢核方式："),
    table(
        row("預期效益", "具體檢核方式"),
        row("落實教學觀察與回饋(範例)", "1.至少進行1場次的教學觀察與回饋。(範例)"),
        row("每人一份提問單", "提問單四份"),
        row("", ""),
    ),
)

BUDGET = (
    ParagraphText("新竹市北區北門國民小學"),
    ParagraphText("五、經費概算表（依據經費編列原則）"),
    table(
        row("項目", "數量", "單位", "單價", "總價", "備註"),
        row(
            wide("外聘講座鐘點\n費", 1, 2),
            "2",
            "節",
            "2,000",
            "4,000元",
            wide("1.依行政院「講座鐘點費支給表」規定，外聘講座鐘點費：專家學者2,000元/節", 1, 3),
        ),
        row("", "節", "1,500", ""),
        row("內聘講座鐘點\n費", "", "節", "1,000", ""),
        row("二代健保補充\n費", "1", "式", "84", "84", "講座鐘點費之 2.11%"),
        row("講座交通費", "2", "趟", "１８０", "360", "覈實支應\n搭火車來回"),
        row("印刷費", "10", "份", "20", "200", "含影印、紙張、資料印製、成果發表\n手冊編製等，每份以100元為上限。"),
        row("教具教材費", "1", "式", "", "", "請自行增列附件略述購買之品項"),
        row("膳費", "", "人次", "80", "", ""),
        row("雜支", "1 ", "式", "200", "NT$200", "不超過業務費5%"),
        row("合計", wide("4,844 元", 4), wide("1. 內、外聘講座鐘點費得相互勻支。", 1, 2)),
        row("總計", wide("新臺幣肆仟捌佰肆拾肆元整", 4)),
    ),
)

APPENDICES = (
    ParagraphText("附錄1：教具教材費品項略述"),
    table(
        row("項目", "數量", "單位", "單價", "總價", "備註"),
        row("", "", "", "", "", ""),
        row("合   計", wide("           元", 4), "備註："),
    ),
    ParagraphText("附錄2：擬採購用於教師專業成長之書單"),
    table(row("教師專業成長相關書目", "與學習社群運作之相關說明", "本數"), row("讀報教育", "共讀", "4本"), row("", "", "")),
    table(row("承辦主任", "會計", "校 長"), row("", "", "")),
)

BY_HAND = sheet(
    ParagraphText("附件二"), TITLE, ParagraphText("（由各教師專業學習社群撰寫）"), GRID, *SCHEDULE, *OUTCOMES, *BUDGET, *APPENDICES
)
"""The city's paper, filled in by hand."""
