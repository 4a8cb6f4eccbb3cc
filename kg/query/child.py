"""A process of its own for one free query, so that a query that runs wild takes nothing else with it.

Run as ``python -m kg.query.child STORE BYTES`` with the query on standard input; prints the columns
and then each row as a line of JSON. Ends with status 3 and one line on standard error when the query
is wrong, and with 4 when the store is.
"""

from __future__ import annotations

import json
import resource
import sys


def main(store: str, memory: int) -> int:
    """Answer the query on standard input with at most ``memory`` bytes of address space."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pyoxigraph

    from kg.query.answer import answer_in, plain, syntax_message

    try:
        answer = plain(answer_in(pyoxigraph.Store.read_only(store), sys.stdin.read()))
        print(json.dumps(answer.columns))
        for row in answer.rows:
            print(json.dumps(row, ensure_ascii=False))
        sys.stdout.flush()
    except SyntaxError as error:
        print(syntax_message(error), file=sys.stderr)
        return 3
    except (OSError, RuntimeError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
