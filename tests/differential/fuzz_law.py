"""``make fuzz``, its second half: Python, the policy pack and CEL judge as many objects as one has time for."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from api_server import ApiServer
from lawful import Law, mutated

_ROUND = 1000
_SHOWN = 10


def main() -> int:
    """Judge, report, and say whether all is well."""
    parser = argparse.ArgumentParser(description="Compare the law in Python, in the policy pack and in CEL.")
    parser.add_argument("--count", type=int, default=100_000, help="how many objects (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="where chance starts (default: the time)")
    options = parser.parse_args()
    print(f"seed {options.seed}")
    judged, wrong = 0, list[str]()
    with tempfile.TemporaryDirectory() as folder, ApiServer(Path(folder) / "lab") as server:
        law = Law(server)
        for number, start in enumerate(range(0, options.count, _ROUND)):
            for manifest in mutated(options.seed + number, min(_ROUND, options.count - start)):
                cel = law.by_cel(manifest)
                if cel is None:
                    continue
                judged += 1
                python, pack = law.by_python(manifest), law.by_pack(manifest)
                if not cel == python == pack:
                    wrong.append(f"CEL {cel ^ python}, pack {pack ^ python}: {manifest}")
            print(f"{judged:,} judged, {len(wrong)} disagreements", end="\r", flush=True)
    print()
    for each in wrong[:_SHOWN]:
        print(f"  {each}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
