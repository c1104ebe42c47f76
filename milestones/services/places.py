"""Which promise a line of a mail is about."""

from dataclasses import dataclass

from milestones.domain.commitments import Commitment


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Which promise a line is about. The target's titles are empty for what bears on a commitment without bearing on a target."""

    commitment: str
    title_en: str
    title_zh: str
    target_en: str = ""
    target_zh: str = ""

    @property
    def short(self) -> str:
        """The commitment's key without its policy document; the whole key where the rest is but a number."""
        number = self.commitment.rpartition("/")[2]
        return self.commitment if number.isdigit() else number

    def title(self, language: str) -> str:
        """The commitment's title."""
        return self.title_zh if language == "zh" else self.title_en

    def target(self, language: str) -> str:
        """The target's title where it says more than the commitment's; otherwise empty."""
        named = self.target_zh if language == "zh" else self.target_en
        return "" if named == self.title(language) else named


def place(commitment: Commitment, slug: str) -> Place:
    """Where a line about this target, or about the context of the commitment, belongs."""
    target = next((t for t in commitment.targets if t.slug == slug), None)
    return Place(
        commitment=commitment.key,
        title_en=commitment.title_en,
        title_zh=commitment.title_zh,
        target_en=target.title_en if target else "",
        target_zh=target.title_zh if target else "",
    )
