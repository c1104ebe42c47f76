"""What the use cases need of the outside world. Each port is implemented once for real and once by hand in the tests."""

from milestones.domain.watching import Count
from milestones.services.ports.case_reads import Case, CaseReads
from milestones.services.ports.keeping import Captures, LastClaims, Readings, Staged, Stored
from milestones.services.ports.ledger import Appended, Checkpoints, HeldNote, Ledger, People, Person
from milestones.services.ports.page_reads import BillStep, PageReads, Waiting
from milestones.services.ports.read_models import ReadTables, Standings, StatusIntervals, TakesIntervals, TakesTables
from milestones.services.ports.records import Records, Rested
from milestones.services.ports.seen import Seen
from milestones.services.ports.sources import Answer, Archive, Clock, Fetch, Link, Listed, Listing, Progress, Source, Validators
from milestones.services.ports.telling import Attachment, Audit, Finding, Message, Post
from milestones.services.ports.watching import Backlog, Checks, Edit, Revisits, Version

__all__ = [
    "Answer",
    "Appended",
    "Archive",
    "Attachment",
    "Audit",
    "Backlog",
    "BillStep",
    "Captures",
    "Case",
    "CaseReads",
    "Checkpoints",
    "Checks",
    "Clock",
    "Count",
    "Edit",
    "Fetch",
    "Finding",
    "HeldNote",
    "LastClaims",
    "Ledger",
    "Link",
    "Listed",
    "Listing",
    "Message",
    "PageReads",
    "People",
    "Person",
    "Post",
    "Progress",
    "ReadTables",
    "Readings",
    "Records",
    "Rested",
    "Revisits",
    "Seen",
    "Source",
    "Staged",
    "Standings",
    "StatusIntervals",
    "Stored",
    "TakesIntervals",
    "TakesTables",
    "Validators",
    "Version",
    "Waiting",
]
