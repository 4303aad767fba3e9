"""The commands by which a city starts and keeps its site: what each takes. They are done in modules of their own, which import Django."""

from typing import Final

from gongxue.commands.arguments import LANGUAGE, Command, Option
from gongxue.rules.text import Text


def _command(name: str, about: Text, *options: Option, takes: str = "", words: tuple[int, int] = (0, 0), module: str = "") -> Command:
    """One of these: with no words after it unless `words` tells the least and the most, and with `--lang`, as every command has it."""
    return Command(name, about, takes, words[0], (*options, LANGUAGE), words[1], module)


OPERATING: Final = (
    _command(
        "serve",
        Text(
            "開啟網站，背景工作一起執行，直到以 Ctrl+C 或 SIGTERM 結束。資料庫不合用時不開。",
            "Serves the site together with its background work, until Ctrl+C or SIGTERM. Refuses a database that is not fit to be served. "
            "Status: 0 when it was stopped, 1 when it could not be served.",
        ),
        Option(
            "--production",
            Text("正式站：設定不安全就不開，並說明要設定什麼", "a real city: refuses what is not safe, and says what to set"),
            switch=True,
        ),
        Option(
            "--host",
            Text("監聽的位址，預設 127.0.0.1", "the address to listen on, 127.0.0.1 by default"),
            value="HOST",
            default="127.0.0.1",
        ),
        Option("--port", Text("埠，預設 8000", "the port, 8000 by default"), value="PORT", default="8000"),
        Option(
            "--workers",
            Text("同時處理要求的程序數，預設 2", "how many processes answer at the same time, 2 by default"),
            value="N",
            default="2",
        ),
        module="serving",
    ),
    _command(
        "init",
        Text(
            "建立資料庫、學校名單，並給第一位市府承辦人一個只顯示一次的連結。重複執行只補缺的，不覆寫。",
            "Makes the database and the city's schools, and gives the first officer a link that is shown once. "
            "Run again, it adds what is missing and overwrites nothing.",
        ),
        Option("--officer", Text("第一位承辦人的電子郵件", "the first officer's e-mail address"), value="EMAIL", required=True),
        Option("--name", Text("姓名", "the officer's name"), value="NAME"),
        module="founding",
    ),
    _command(
        "import",
        Text(
            "匯入人員（學校、姓名、科目、電子郵件、職務、起迄日）或往年核定的社群。"
            "FILE 為 CSV、XLSX、ODS；社群也可用 NDJSON。有一列不對就全部不匯入。",
            "Imports people (school, name, subject, e-mail, posts, dates) or the communities approved in earlier years. "
            "FILE is CSV, XLSX or ODS; "
            "for communities also NDJSON in the exchange format. One wrong row, and nothing is imported.",
        ),
        Option("--dry-run", Text("只試算，每一列會怎樣；不寫入", "only tell what each row would do; nothing is written"), switch=True),
        Option("--invite", Text("寄信告訴新帳號怎麼登入", "write to new accounts how to log in"), switch=True),
        takes="people|communities FILE",
        words=(2, 2),
        module="importing",
    ),
    _command(
        "unlock",
        Text(
            "停用一個人的兩步驟驗證：手機和救援碼都不在的時候。會寫信告訴本人。請先確認真的是本人。",
            "Takes the second step from somebody whose phone and recovery codes are gone, and tells the person by mail. "
            "Make sure first that it is really this person who asks.",
        ),
        takes="EMAIL",
        words=(1, 1),
        module="unlocking",
    ),
    _command(
        "doctor",
        Text(
            "檢查設定、字型、磁碟、時鐘、資料庫、歷程、寄信，說明哪裡要處理。",
            "Looks at settings, fonts, disk, clock, database, trail and mail, and says what to see to. "
            "Status: 0 when all is well, 1 otherwise.",
        ),
    ),
    _command(
        "backup",
        Text(
            "把資料庫與上傳的檔案存成一個檔（資料夾則自動命名），讀回核對。網站可以照常使用。",
            "Saves the database and the files that were handed in as one file (in a folder: named by its time), and reads it back. "
            "The site may be in use.",
        ),
        takes="DIR|FILE",
        words=(1, 1),
        module="safekeeping",
    ),
    _command(
        "restore",
        Text(
            "還原一份備份：先核對整份，損壞、不完整、較新的都不動任何資料；原來的資料另外保留。",
            "Brings a backup back. It is compared whole first: one that is damaged, cut off or newer touches nothing. "
            "What stood before is kept aside.",
        ),
        takes="FILE",
        words=(1, 1),
        module="safekeeping",
    ),
    _command(
        "upgrade",
        Text(
            "換新版程式後執行：備份、更新資料庫、重建保護、核對；失敗就還原。",
            "After a new version was installed: backs up, migrates, makes the protections again, checks; what fails is brought back.",
        ),
        module="safekeeping",
    ),
    _command(
        "bounce",
        Text(
            "讀一封退回的信（檔案或標準輸入），註記是哪一封寄不到。由郵件主機呼叫，見 GONGXUE_MAIL_BOUNCES。",
            "Reads mail that came back (a file, or standard input) and marks the letter that did not arrive. "
            "For the mail server to call: see GONGXUE_MAIL_BOUNCES. Status: 0, also for mail that tells of no letter of ours; 75 where "
            "the database could not take it, so that the mail server tries again.",
        ),
        Option("--to", Text("信退回到哪個位址", "the address that it came back to"), value="ADDRESS"),
        takes="[FILE]",
        words=(0, 1),
        module="bouncing",
    ),
)
