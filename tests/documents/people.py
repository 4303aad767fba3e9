"""Applications of our own that the forms are tried on; none of the people exist."""

from gongxue.rules.application import (
    Application,
    Book,
    BudgetLine,
    Convener,
    Lecturer,
    MaterialItem,
    Member,
    Outcome,
    PastYear,
    Session,
)

CONVENER = Convener("邱怡君", "教師", "北門國小", "數學", "yijun@example.edu.tw", "03-5000100#12")
MEMBERS = (Member("北門國小", "鄭凱文", "數學"), Member("北門國小", "羅詩涵", "生活", "一年級導師"))

GAMES = Application(
    programme="hsinchu-111",
    name="數學遊戲社群",
    tier="autonomous",
    cross_school=False,
    fiscal_school="北門國小",
    content_types=("lesson_study", "other"),
    content_other="桌上遊戲",
    convener=CONVENER,
    summary="以桌上遊戲設計低年級數感活動，輪流試教並互相觀察。",
    members=MEMBERS,
    approaches=("topic_discussion", "co_planning"),
    sessions=(
        Session("2022-09-07", "16:10", "17:40", "訂定目標與分工", ("topic_discussion",), host="邱怡君", place="會議室"),
        Session(
            "2022-10-12",
            "16:10",
            "17:00",
            "數感講座",
            ("talk",),
            None,
            "邱怡君",
            Lecturer("葉國華", "國立清華大學", "external", 1),
            "會議室",
        ),
        Session("2022-11-09", "16:10", "17:40", "湊十遊戲共備", ("co_planning",), host="鄭凱文", place="會議室"),
        Session(
            "2022-12-14",
            "10:30",
            "11:10",
            "湊十遊戲入班",
            ("teaching_innovation",),
            host="羅詩涵",
            place="一年二班",
            classroom_practice=True,
        ),
        Session("2023-03-08", "19:00", "20:30", "分享試教影片", ("topic_sharing",), host="邱怡君", online=True),
        Session("2023-05-10", "16:10", "17:40", "回顧", ("case_analysis", "peer_reflection"), host="邱怡君", place="會議室"),
    ),
    outcomes=(Outcome("每人一份遊戲教案", "教案三份"),),
    budget=(
        BudgetLine("lecturer_external", 1, 2000, 2000),
        BudgetLine("nhi_supplement", 1, 42, 42),
        BudgetLine("printing", 12, 50, 600),
        BudgetLine("materials", 1, 1500, 1500),
        BudgetLine("meals", 6, 80, 480),
        BudgetLine("miscellaneous", 1, 200, 200),
    ),
    materials=(MaterialItem("數字牌卡", 5, "副", 300, 1500),),
    books=(Book("數感的培養", "第一至三次共讀", 3),),
)
"""One school, nothing wrong: three pages."""

RIVER = Application(
    programme="hsinchu-111",
    name="走讀社群",
    tier="thematic",
    tier_year=2,
    history=(PastYear(110, "thematic"),),
    cross_school=True,
    fiscal_school="建華國中",
    content_types=("interdisciplinary_teaching",),
    convener=Convener("洪嘉穎", "教師兼主任", "建華國中", "綜合活動", "chiaying@example.edu.tw", "03-5000200#401"),
    summary="兩校以走讀設計問題導向課程。",
    members=(Member("建華國中", "蘇靖雯", "社會"), Member("東門國小", "謝佩芬", "社會")),
    approaches=("co_planning",),
    sessions=(
        Session(
            "2023-03-15",
            "10:00",
            "12:00",
            "公開授課與議課",
            ("public_lesson", "professional_feedback"),
            host="洪嘉穎",
            place="802教室",
            public_lesson_teacher="蘇靖雯",
            open_to_city=True,
        ),
    ),
    outcomes=(Outcome("課程方案一套", "方案上網分享"),),
    budget=(
        BudgetLine("lecturer_travel", 2, 280, 560, "train"),
        BudgetLine("lecturer_internal", 1, 1000, 1000),
        BudgetLine("lecturer_internal", 2, 800, 1600, note="新進教師"),
        BudgetLine("clay", 1, 100, 100),
    ),
)
"""Two schools, a draft with much amiss: lines out of order, one of them unknown, sessions missing."""
