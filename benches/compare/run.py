"""Compares the scorecard of this library with DuckDB's and Polars'. `README.md` tells what is measured and how.

    python benches/compare/run.py --waybills 1000000
"""

import argparse
import os
import subprocess
import sys
import venv
from pathlib import Path

import answers
from measure import Job, ratio

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = ROOT / "target"
VENV = TARGET / "oracle-venv"  # that of `.ci/run`
PYTHON = str(VENV / "bin" / "python")
FORMULATIONS = ["joined", "windowed", "two_tracks"]
PEERS = {"duckdb": "DuckDB", "polars": "Polars"}
AS_OF = "2026-11-01T00:00:00+08:00"
AS_OF_MILLIS = 1_793_462_400_000


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--waybills", type=int, default=100_000, help="how many (100000); each has about 12 events")
    parser.add_argument("--runs", type=int, default=5, help="rounds, each of every job once (5)")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="of every job (all there are)")
    parser.add_argument("--profile", default="compare", help="cargo profile of our part (compare)")
    parser.add_argument("--features", default="parquet", help="cargo features of our part (parquet)")
    return parser.parse_args()


def prepare(args):
    """Builds our part, installs the peers, makes the data; gives the program and the folders of data."""
    build = ["cargo", "build", "--quiet", "--profile", args.profile, "--features", args.features]
    subprocess.run(build + ["--example", "compare", "--example", "simulate"], cwd=ROOT, check=True)
    if not Path(PYTHON).exists():
        venv.create(VENV, with_pip=True)
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(HERE / "requirements.txt")]
    subprocess.run([PYTHON, *install], check=True)
    programs = TARGET / args.profile / "examples"
    folders = []
    for waybills in (args.waybills, max(args.waybills // 10, 1)):
        folder = TARGET / "compare" / f"data-{waybills}"
        if not folder.exists():
            folder.parent.mkdir(exist_ok=True)
            print(f"making the data of {waybills:,} waybills", flush=True)
            subprocess.run([PYTHON, HERE / "data.py", programs / "simulate", str(waybills), folder], check=True)
        folders.append(folder)
    return str(programs / "compare"), folders


def events_of(folder):
    script = f"import pyarrow.parquet as p; print(p.read_metadata(r'{folder / 'integer' / 'events.parquet'}').num_rows)"
    return int(subprocess.run([PYTHON, "-c", script], check=True, capture_output=True).stdout)


class Jobs:
    """All jobs of a comparison."""

    def __init__(self, args, program, folders):
        self.args, self.program, self.answers = args, program, TARGET / "compare" / "answers"
        self.answers.mkdir(parents=True, exist_ok=True)
        full, tenth = folders
        mine = lambda job, folder: self.ours(job, folder / "integer")
        self.scorecard, self.memory = mine("scorecard", full), mine("memory", full)
        self.text = self.ours("scorecard", full / "text")
        self.everything, self.cube, self.read = mine("everything", full), mine("day-cube", full), mine("read", full)
        self.tenth = mine("scorecard", tenth)
        self.others = [self.memory, self.text, self.everything, self.cube, self.read, self.tenth]
        self.peers = {
            (peer, mode): [self.peer(peer, formulation, full / "integer", mode) for formulation in FORMULATIONS]
            for mode in ("parquet", "memory")
            for peer in PEERS
        }
        self.peer_text = {peer: [self.peer(peer, f, full / "text", "parquet") for f in FORMULATIONS] for peer in PEERS}

    def ours(self, job, folder):
        command = [self.program, job, str(folder), "--threads", str(self.args.threads), "--as-of", AS_OF]
        return Job(f"ours {job}", command, {}, answer=str(self.answers / f"ours-{job}-{folder.parent.name}-{folder.name}"))

    def peer(self, peer, formulation, folder, mode):
        command = [PYTHON, str(HERE / "peer.py"), peer, formulation, str(folder), "--as-of", str(AS_OF_MILLIS)]
        command += ["--threads", str(self.args.threads), "--mode", mode]
        environment = {"POLARS_MAX_THREADS": str(self.args.threads)}
        answer = str(self.answers / f"{peer}-{formulation}-{mode}-{folder.parent.name}-{folder.name}")
        return Job(f"{PEERS[peer]} {formulation}", command, environment, answer)

    def run(self):
        """The first round tries every formulation, and its answers are compared; those after it only the fastest, from
        Parquet also the leanest."""
        rounds = self.args.runs
        tell(f"round 1 of {rounds}: every formulation")
        for job in [self.scorecard, *(job for jobs in self.peers.values() for job in jobs), *self.others]:
            job.run(1)
        self.check()
        self.chosen = {of: fastest(jobs) for of, jobs in self.peers.items()}
        for peer, jobs in self.peer_text.items():
            place = self.peers[peer, "parquet"].index(self.chosen[peer, "parquet"])
            self.peer_text[peer] = jobs[place]
            jobs[place].run(1)
        self.leanest = min(self.from_parquet(), key=lambda job: job.median("memory"))
        again = [*self.chosen.values(), *self.peer_text.values(), self.leanest]
        again = list({id(job): job for job in again}.values())
        for number in range(2, rounds + 1):
            tell(f"round {number} of {rounds}")
            for job in [self.scorecard, *again, *self.others]:
                job.run(number)
        self.fastest = fastest([self.chosen[peer, "parquet"] for peer in PEERS])
        self.fastest_in_memory = fastest([self.chosen[peer, "memory"] for peer in PEERS])

    def from_parquet(self):
        return [job for peer in PEERS for job in self.peers[peer, "parquet"]]

    def check(self):
        """Ends the comparison where two answers differ."""
        mine = answers.ours(self.scorecard.answer)
        for job in (self.memory, self.text):
            if Path(job.answer).read_bytes() != Path(self.scorecard.answer).read_bytes():
                raise SystemExit(f"{job.answer} is not the same as {self.scorecard.answer}, byte for byte")
        for (_, mode), jobs in self.peers.items():
            for job in jobs:
                lines = answers.disagreements(mine, answers.theirs(job.answer))
                if lines:
                    raise SystemExit("\n".join([f"{job.name} ({mode}) disagrees in {len(lines)} cells:", *lines[:20]]))
        metrics = len({metric for metric, *_ in mine})
        tell(f"all answers agree: {metrics} metrics, {len(mine):,} cells")


def fastest(jobs):
    return min(jobs, key=lambda job: job.median("cpu"))


def tell(text):
    print(text, file=sys.stderr, flush=True)


def table(jobs, events):
    """Prints every job that was run, in blocks."""
    head = f"{'job':34}{'CPU s':>9}{'ns/event':>10}{'wall s':>9}{'peak MB':>9}{'CPU ÷ ours':>12}{'runs':>6}"
    blocks = {
        "scorecard from Parquet, integer ids": (jobs.scorecard, [jobs.scorecard, *jobs.from_parquet()]),
        "the same in memory": (jobs.memory, [jobs.memory, *(job for p in PEERS for job in jobs.peers[p, "memory"])]),
        "the same from Parquet, text ids": (jobs.text, [jobs.text, *jobs.peer_text.values()]),
        "ours beside it": (jobs.scorecard, [jobs.read, jobs.everything, jobs.cube]),
    }
    for title, (base, rows) in blocks.items():
        print(f"\n{title}\n{head}")
        for job in rows:
            cpu = job.median("cpu")
            times = "" if job is base else f"{ratio(job, base):.2f}"
            print(
                f"  {job.name:32}{cpu:9.2f}{cpu / events * 1e9:10.0f}{job.median('wall'):9.2f}{job.median('memory'):9.0f}"
                f"{times:>12}{len(job.runs):6}"
            )


def goals(jobs):
    """Prints the goals of this comparison and what was reached; gives the ratios of the last line."""
    duckdb, fast = jobs.chosen["duckdb", "parquet"], jobs.fastest
    figures = {"ratio_fastest_peer": ratio(fast, jobs.scorecard), "ratio_duckdb": ratio(duckdb, jobs.scorecard)}
    figures["memory_ratio"] = ratio(jobs.scorecard, jobs.leanest, "memory")
    rows = [
        (f"fastest peer ({fast.name}) ÷ ours, from Parquet", figures["ratio_fastest_peer"], ">=", 6.0),
        (f"DuckDB ({duckdb.name}) ÷ ours, from Parquet", figures["ratio_duckdb"], ">=", 8.0),
        ("ours ÷ the mere read", ratio(jobs.scorecard, jobs.read), "<=", 2.2),
        (f"our peak of memory ÷ the leanest peer's ({jobs.leanest.name})", figures["memory_ratio"], "<=", 0.25),
        (f"fastest peer ({jobs.fastest_in_memory.name}) ÷ ours, in memory", ratio(jobs.fastest_in_memory, jobs.memory), ">=", 10.0),
        ("every KPI of the catalogue ÷ the scorecard", ratio(jobs.everything, jobs.scorecard), "<=", 1.6),
        ("every KPI into a day cube ÷ the scorecard", ratio(jobs.cube, jobs.scorecard), "<=", 2.5),
        ("CPU for ten times the events", ratio(jobs.scorecard, jobs.tenth), "<=", 11.0),
    ]
    print(f"\n{'goal':66}{'reached':>9}{'asked':>9}")
    for name, reached, side, asked in rows:
        met = reached >= asked if side == ">=" else reached <= asked
        print(f"  {name:64}{reached:9.2f}{side:>4}{asked:5.2f}  {'met' if met else 'missed'}")
    return figures


def main():
    args = arguments()
    program, folders = prepare(args)
    events = events_of(folders[0])
    jobs = Jobs(args, program, folders)
    jobs.run()
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    print(f"{args.waybills:,} waybills, {events:,} events, {args.threads} threads, {args.runs} rounds; load at the end {load}")
    table(jobs, events)
    figures = goals(jobs)
    print("\n" + " ".join(f"{name}={value:.2f}" if name == "memory_ratio" else f"{name}={value:.1f}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
