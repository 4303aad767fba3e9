"""Every table, by subject."""

from gongxue.records.models.applications import Application, ApplicationPerson, ApplicationSchool, Snapshot
from gongxue.records.models.bundles import Bundle
from gongxue.records.models.mail import Message, Notice
from gongxue.records.models.openings import LateOpening
from gongxue.records.models.people import Invitation, Post, School, User
from gongxue.records.models.receipts import Receipt, ReceiptBook
from gongxue.records.models.reminders import Reminder
from gongxue.records.models.signatures import Signature, StoredFile
from gongxue.records.models.summaries import SchoolSummary, SummaryCover, SummarySnapshot
from gongxue.records.models.trail import TrailEntry, TrailSeal
from gongxue.records.models.upkeep import Chore, PostKey, Presence

__all__ = [
    "Application",
    "ApplicationPerson",
    "ApplicationSchool",
    "Bundle",
    "Chore",
    "Invitation",
    "LateOpening",
    "Message",
    "Notice",
    "Post",
    "PostKey",
    "Presence",
    "Receipt",
    "ReceiptBook",
    "Reminder",
    "School",
    "SchoolSummary",
    "Signature",
    "Snapshot",
    "StoredFile",
    "SummaryCover",
    "SummarySnapshot",
    "TrailEntry",
    "TrailSeal",
    "User",
]
