"""The people whom a visitor of the demo can become: a fixed few, each with a post and something to do."""

from typing import Final

import msgspec

from gongxue.rules.text import Text


class Part(msgspec.Struct, frozen=True):
    """One of the cast. `key` is the first half of the e-mail address, `school` a name of the register or "" in the city; `task` is what
    to do."""

    key: str
    name: str
    role: str
    school: str
    subject: str
    title: str
    task: Text

    @property
    def email(self) -> str:
        """The address that this person is found by."""
        return f"{self.key}@{DOMAIN}"


DOMAIN: Final = "gongxue.example"
HOME: Final = "東園國小"
PARTNER: Final = "三民國小"
CAST: Final = (
    Part(
        "lin",
        "林怡君",
        "member",
        HOME,
        "數學",
        "教師兼教學組長",
        Text(
            "召集三個社群：一份差一點、一份被退回、一份在核章。",
            "Convenes three communities: one nearly done, one returned, one being signed.",
        ),
    ),
    Part(
        "chen",
        "陳志明",
        "member",
        HOME,
        "自然",
        "教師",
        Text("是林老師社群的成員，正一起寫申請書。", "Member of Ms Lin's community; is writing with her right now."),
    ),
    Part(
        "wu",
        "吳品妤",
        "member",
        PARTNER,
        "社會",
        "教師",
        Text("還沒有社群，從零開始召集一個。", "Has no community yet: start one from nothing."),
    ),
    Part(
        "huang",
        "黃美玲",
        "clerk",
        HOME,
        "綜合活動",
        "研發組長",
        Text(
            "看學校每一份走到哪裡，邀請老師，準備送件。",
            "Sees where every paper of the school stands, invites teachers, prepares to submit.",
        ),
    ),
    Part(
        "chang",
        "張正雄",
        "director",
        HOME,
        "國語",
        "教務主任",
        Text("有申請書等您看：核章，或寫明原因退回。", "Papers wait for you: sign, or return with a reason."),
    ),
    Part(
        "li", "李淑芬", "accountant", HOME, "", "會計主任", Text("看經費概算有沒有超過上限。", "Checks that no budget is over its ceiling.")
    ),
    Part(
        "tsai",
        "蔡文彬",
        "principal",
        HOME,
        "",
        "校長",
        Text("看全校申請，給職務、請人代理。", "Sees the school's applications, gives posts, names stand-ins."),
    ),
    Part(
        "hsu",
        "許雅雯",
        "director",
        PARTNER,
        "英語",
        "教務主任",
        Text(
            "夥伴學校：有老師參加別校的社群，等您確認。",
            "Partner school: teachers of yours are in another school's community, to be confirmed.",
        ),
    ),
    Part(
        "cheng",
        "鄭惠如",
        "officer",
        "",
        "",
        "教育處課程教學科",
        Text("看全市申請：誰還沒送、差在哪裡。", "Sees the whole city: who has not submitted, and why."),
    ),
    Part("yang", "楊信宏", "supervisor", "", "", "教育處課程教學科科長", Text("看全市的數字。", "Sees the city's figures.")),
    Part(
        "liu",
        "劉佳霖",
        "centre_staff",
        "",
        "",
        "教師專業發展中心",
        Text("協助各校，看得到所有申請。", "Helps the schools; sees all applications."),
    ),
    Part("hsieh", "謝明哲", "auditor", "", "", "政風室", Text("只看不改：查歷程。", "Looks and changes nothing: reads the trail.")),
)
EMAILS: Final = tuple(part.email for part in CAST)


def part_of(email: str) -> Part | None:
    """Who of the cast has this address."""
    return next((part for part in CAST if part.email == email), None)
