"""Why a letter is not there yet: kept as a word of ours and the mail server's own answer, told to people in their language."""

from typing import Final

from gongxue.rules.text import Text

REASONS: Final[dict[str, Text]] = {
    "connect": Text("連不上郵件主機", "the mail server cannot be reached"),
    "greeting": Text("郵件主機不接受連線", "the mail server takes no connection"),
    "tls": Text("無法與郵件主機建立加密連線", "no encrypted connection with the mail server"),
    "login": Text("郵件主機不接受帳號密碼", "the mail server refuses our user and password"),
    "sender": Text("郵件主機不接受寄件位址", "the mail server refuses the sender"),
    "address": Text("收件位址被拒絕", "the address was refused"),
    "letter": Text("郵件主機不收這封信", "the mail server refuses the letter"),
    "broken": Text("連線在交信前中斷", "the connection broke before the letter was handed over"),
    "garbled": Text("郵件主機的回答看不懂", "the mail server's answer makes no sense"),
    "unanswered": Text(
        "信交出後連線中斷，不知道對方收了沒有", "the connection broke after the letter was handed over: it may have arrived"
    ),
    "stopped": Text("寄送程式在交信後停止，不知道對方收了沒有", "sending stopped after the letter was handed over: it may have arrived"),
    "attachment": Text("附件做不出來", "the attachment cannot be made"),
    "bounced": Text("對方的郵件主機退信", "the reader's mail server sent it back"),
}
LONGEST: Final = 300


def kept(reason: str, answer: str = "") -> str:
    """What stands in a message's `error`."""
    if reason not in REASONS:
        raise KeyError(reason)
    words = " ".join("".join(each if each.isprintable() else " " for each in answer).split())
    return f"{reason}|{words}"[:LONGEST]


def told(error: str) -> Text:
    """The same for people; nothing for nothing."""
    reason, _, answer = error.partition("|")
    words = REASONS.get(reason, Text("", ""))
    if not answer:
        return words
    return Text(f"{words.zh}（{answer}）", f"{words.en} ({answer})")
