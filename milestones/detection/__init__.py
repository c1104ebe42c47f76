"""Document + registry -> candidates: sentence by sentence, subject and act must stand together, in the right tense, on a day.

    detector(registry).read(document) -> list[Candidate]

Pure: no I/O, no clock. `RULES` names the version of the rules; raise it with every change that changes what is read.
"""

from milestones.detection.detector import RULES, Detector, detector

__all__ = ["RULES", "Detector", "detector"]
