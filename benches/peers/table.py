"""Prints results.jsonl as a table: python3 table.py FILE"""

import json
import sys


def duration(seconds):
    return f"{1000 * seconds:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"


def main():
    lines = [json.loads(line) for line in open(sys.argv[1])]
    print("| work | pair | threads | median | fastest | of all cores | memory | repeats | start-up | load |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for m in lines:
        start_up = f"{m['start_up']:.1f} s" if "start_up" in m else ""
        times = [duration(m[key]) for key in ("seconds", "fastest", "cpu_seconds")]
        work = m["peer"] + ": " + m["work"]
        memory = f"{m['memory_mb']} MB" if "memory_mb" in m else ""
        cells = (work, m.get("pair", ""), m["threads"], *times, memory, m["repeats"], start_up, f"{m['load']:.1f}")
        print("| " + " | ".join(map(str, cells)) + " |")
    print()
    for fact in sorted({m["cpu"] for m in lines} | {f"{k} {v}" for m in lines for k, v in m["versions"].items()}):
        print(fact)


if __name__ == "__main__":
    main()
