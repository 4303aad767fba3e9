"""LibreOffice at work, without a screen: opens files, lets a macro type into them as a person would, and saves them in its own way."""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

SECONDS: Final = 120
"""For all the files of one call."""

FILTERS: Final = {
    "odt": "writer8",
    "docx": "MS Word 2007 XML",
    "fodt": "OpenDocument Text Flat XML",
    "doc": "MS Word 97",
    "rtf": "Rich Text Format",
}

_MODULE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{code}</script:module>
"""
# What macros may use. A table is found by a text in it, a cell by table, column and row from 0.
_BASIC: Final = """
Function Opened(source)
  Dim args(0) As New com.sun.star.beans.PropertyValue
  args(0).Name = "Hidden"
  args(0).Value = True
  Opened = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, args())
End Function

Sub SaveAs(doc, target, filter)
  Dim args(0) As New com.sun.star.beans.PropertyValue
  args(0).Name = "FilterName"
  args(0).Value = filter
  doc.storeToURL(ConvertToURL(target), args())
End Sub

Function TableWith(doc, words)
  For number = 0 To doc.TextTables.Count - 1
    candidate = doc.TextTables.getByIndex(number)
    names = candidate.getCellNames()
    For Each cellName In names
      If InStr(candidate.getCellByName(cellName).getString(), words) > 0 Then
        TableWith = candidate
        Exit Function
      End If
    Next
  Next
  Error 1001
End Function

Function CellWith(table, words)
  For Each cellName In table.getCellNames()
    If InStr(table.getCellByName(cellName).getString(), words) > 0 Then
      CellWith = table.getCellByName(cellName)
      Exit Function
    End If
  Next
  Error 1001
End Function

Sub Exchange(doc, before, after)
  search = doc.createReplaceDescriptor()
  search.SearchString = before
  search.ReplaceString = after
  If doc.replaceAll(search) = 0 Then Error 1001
End Sub

Sub Dispatch(doc, command)
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  helper.executeDispatch(doc.CurrentController.Frame, command, "", 0, Array())
End Sub

Sub MoveTo(doc, cell)
  doc.CurrentController.ViewCursor.gotoRange(cell.getStart(), False)
End Sub

Sub AddRowAfter(doc, table, words)
  MoveTo(doc, CellWith(table, words))
  Dispatch(doc, ".uno:InsertRowsAfter")
End Sub

Sub DeleteRow(doc, table, words)
  MoveTo(doc, CellWith(table, words))
  Dispatch(doc, ".uno:DeleteRows")
End Sub

Sub CopyRows(doc, table, area)
  doc.CurrentController.select(table.getCellRangeByName(area))
  Dispatch(doc, ".uno:Copy")
End Sub

Sub PasteRowsBefore(doc, cell)
  MoveTo(doc, cell)
  Dispatch(doc, ".uno:PasteRowsBefore")
End Sub

Sub TypeRow(table, row, texts)
  For number = 0 To UBound(texts)
    table.getCellByName(Chr(65 + number) & row).setString(texts(number))
  Next
End Sub

Sub ForgetHelp(doc)
  names = doc.Bookmarks.getElementNames()
  For number = 0 To UBound(names)
    mark = doc.Bookmarks.getByName(names(number))
    mark.getAnchor().getText().removeTextContent(mark)
  Next
  hidden = doc.DocumentProperties.UserDefinedProperties
  For Each one In hidden.getPropertySetInfo().getProperties()
    hidden.removeProperty(one.Name)
  Next
End Sub

Sub Note(path, words)
  file = FreeFile
  Open path For Append As #file
  Print #file, words
  Close #file
End Sub
"""

_JOB: Final = """
Sub Work{number}
  On Error Goto failed
  doc = Opened("{source}")
  Edit{number}(doc)
  SaveAs(doc, "{target}", "{filter}")
  doc.close(True)
  Note("{log}", "done {number}")
  Exit Sub
failed:
  Note("{log}", "job {number}, line " &amp; Erl &amp; ": " &amp; Error$)
End Sub

Sub Edit{number}(doc)
{edit}
End Sub
"""


class LibreOffice:
    """One LibreOffice with settings of its own in `folder`. Starting it costs a second: many files go through in one call."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._calls = 0
        self._run("--terminate_after_init")  # the first start lays out the settings, and would write over a macro that is already there

    def saved_as(self, files: Mapping[str, bytes], suffix: str) -> dict[str, bytes]:
        """The files (name with suffix → content) as LibreOffice saves them with another suffix, under their names without it."""
        return self.edited({name: (data, "") for name, data in files.items()}, suffix)

    def edited(self, files: Mapping[str, tuple[bytes, str]], suffix: str) -> dict[str, bytes]:
        """As `saved_as`, each file with lines of Basic that work on `doc` before it is saved."""
        self._calls += 1
        place = self._folder / str(self._calls)
        log = place / "log.txt"
        place.mkdir()
        (place / "out").mkdir()
        code = [_BASIC.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"), "Sub Work"]
        jobs = []
        for number, (name, (data, edit)) in enumerate(files.items()):
            (place / name).write_bytes(data)
            target = place / "out" / f"{Path(name).stem}.{suffix}"
            lines = edit.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            jobs.append(_JOB.format(number=number, source=place / name, target=target, filter=FILTERS[suffix], log=log, edit=lines))
            code.append(f"Work{number}")
        module = _MODULE.format(code="\n".join([*code, "End Sub", *jobs]))
        (self._folder / "profile/user/basic/Standard/Module1.xba").write_text(module, "utf-8")
        self._run("macro:///Standard.Module1.Work")
        told = (
            log.read_text("utf-8").splitlines() if log.exists() else ["LibreOffice ran no macro: it does not understand one of the lines"]
        )
        assert told == [f"done {number}" for number in range(len(files))]
        return {Path(name).stem: (place / "out" / f"{Path(name).stem}.{suffix}").read_bytes() for name in files}

    def _run(self, *arguments: str) -> None:
        """Starts LibreOffice with all its processes in one group, so that none stays behind when it hangs over a dialogue nobody sees."""
        profile = f"-env:UserInstallation={(self._folder / 'profile').as_uri()}"
        command = [shutil.which("soffice") or "soffice", profile, "--headless", "--norestore", "--nologo", *arguments]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as office:
            try:
                status = office.wait(SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(office.pid, signal.SIGKILL)
                raise
        assert status == 0
