"""What the module does beside measuring: errors, warnings, progress, interruption, results, examples in its docs.

Run by the Rust tests, with the package at hand; needs pyarrow. What needs another library is skipped without it.
"""

import datetime
import doctest
import importlib
import importlib.util
import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
import time
import unittest
import warnings

import parcelgauge
import pyarrow

UTC = pyarrow.timestamp("ms", tz="UTC")
AS_OF = "2026-11-01T00:00:00+08:00"


def at(day, hour):
    """An instant of October 2026."""
    return datetime.datetime(2026, 10, day, hour, tzinfo=datetime.timezone.utc)


def waybills(count=3, **columns):
    """Waybills of one day, the promise of which ends at ten on the third."""
    made = {
        "number": [f"SF{number}" for number in range(count)],
        "posted_on": [datetime.date(2026, 10, 1)] * count,
        "promise_at": pyarrow.array([at(3, 10)] * count, UTC),
        "destination_region": ["Hunan", "<b>&"] * (count // 2) + ["Hunan"] * (count % 2),
    }
    return pyarrow.table(made | columns)


def events(count=3, **columns):
    """Their collections, and their deliveries an hour later each."""
    made = {
        "waybill": [f"SF{number}" for number in range(count)] * 2,
        "kind": ["collected"] * count + ["delivered"] * count,
        "occurred_at": pyarrow.array([at(1, 2)] * count + [at(3, 9 + number % 3) for number in range(count)], UTC),
    }
    return pyarrow.table(made | columns)


def tables():
    """Both."""
    return {"waybills": waybills(), "events": events()}


def measured(**asked):
    """On-time delivery, unless asked for more."""
    return parcelgauge.scorecard(tables(), **({"kpis": ["on_time_delivery_rate"], "as_of": AS_OF} | asked))


class Errors(unittest.TestCase):
    """One class, with the facts of the Rust error."""

    def refused(self, kind, text, given=None, **asked):
        with self.assertRaises(parcelgauge.Error) as raised:
            parcelgauge.scorecard(tables() if given is None else given, **({"as_of": AS_OF} | asked))
        self.assertEqual(raised.exception.kind, kind)
        self.assertIn(text, str(raised.exception))
        return raised.exception.fields

    def test_what_is_no_table(self):
        for thing in ([1], 1, "waybills", None, {"number": ["SF1"]}):
            fields = self.refused("no_stream", "does not speak", {"waybills": thing})
            self.assertEqual(fields["table"], "waybills")
        fields = self.refused("unknown_table", "expected one of waybills", {"parcels": waybills()})
        self.assertEqual(fields, {"name": "parcels"})

    def test_a_stream_that_was_read(self):
        reader = waybills().to_reader()
        reader.read_all()
        parcelgauge.scorecard({"waybills": reader}, as_of=AS_OF)  # it has no rows left

        def broken():
            yield waybills().to_batches()[0]
            raise ValueError("no more")

        reader = pyarrow.RecordBatchReader.from_batches(waybills().schema, broken())
        self.assertIn("no more", self.refused("broken_stream", "breaks off", {"waybills": reader})["problem"])

    def test_a_table_that_cannot_offer_its_rows(self):
        class Mixed:
            def __arrow_c_stream__(self, requested_schema=None):
                raise ValueError("a column of texts and numbers")

        class Other:
            def __arrow_c_stream__(self, requested_schema=None):
                return waybills().schema.__arrow_c_schema__()

        fields = self.refused("broken_stream", "texts and numbers", {"waybills": Mixed()})
        self.assertEqual(fields["table"], "waybills")
        self.refused("broken_stream", "breaks off", {"waybills": Other()})
        self.refused("broken_stream", "breaks off", {"waybills": pyarrow.Table})
        with self.assertRaises(parcelgauge.Error) as raised:
            parcelgauge.scorecard({"waybills": Mixed()}, as_of=AS_OF)
        self.assertIsInstance(raised.exception.__cause__, ValueError)

    def test_a_missing_column(self):
        fields = self.refused("missing_column", "no column `posted_on`", {"waybills": waybills().drop(["posted_on"])})
        self.assertEqual((fields["table"], fields["field"]), ("waybills", "posted_on"))
        self.assertEqual(fields["known"], ["number", "promise_at", "destination_region"])

    def test_a_wrong_type(self):
        fields = self.refused("wrong_type", "of type Utf8", {"waybills": waybills(posted_on=["2026-10-01"] * 3)})
        self.assertEqual(fields["found"], "Utf8")
        self.assertEqual(fields["allowed"], "Date32 or Date64")

    def test_nulls_where_none_may_be(self):
        fields = self.refused("nulls_in_required", "1 nulls", {"waybills": waybills(number=["SF0", None, "SF2"])})
        self.assertEqual((fields["nulls"], fields["row"]), (1, 1))
        self.refused("nulls_in_required", "3 nulls", {"waybills": waybills(number=pyarrow.nulls(3))})

    def test_any_type_is_read_or_refused(self):
        instants = pyarrow.array([-(2**63), 2**63 - 1])
        keys = pyarrow.array([0, 100], pyarrow.int8())
        columns = [
            pyarrow.array([b"\xff", b"1"]),
            pyarrow.array([b"1", b"2"], pyarrow.binary_view()),
            pyarrow.array(["1", "2"], pyarrow.string_view()),
            pyarrow.array(["3", "1", "2"], pyarrow.large_string())[1:],
            pyarrow.array([1.5, float("nan")]),
            pyarrow.array([1.0, 2.0]).cast(pyarrow.float16()),
            pyarrow.array([0, 2**64 - 1], pyarrow.uint64()),
            pyarrow.array([-(2**31), 2**31 - 1], pyarrow.int32()).cast(pyarrow.date32()),
            instants.cast(pyarrow.timestamp("s", "UTC")),
            instants.cast(pyarrow.timestamp("ns", "Nowhere")),
            instants.cast(pyarrow.duration("us")),
            pyarrow.array([(1, 2, 3)] * 2, pyarrow.month_day_nano_interval()),
            pyarrow.array([10**37] * 2, pyarrow.decimal256(60, 0)),
            pyarrow.array([[1], [2]]),
            pyarrow.array([[1], [2]], pyarrow.list_view(pyarrow.int64())),
            pyarrow.array([{"a": 1}] * 2),
            pyarrow.array([[("a", 1)]] * 2, pyarrow.map_(pyarrow.string(), pyarrow.int64())),
            pyarrow.RunEndEncodedArray.from_arrays(pyarrow.array([2], pyarrow.int32()), pyarrow.array(["1"])),
            pyarrow.DictionaryArray.from_arrays(keys, pyarrow.array(["1"]), safe=False),
            pyarrow.nulls(2),
        ]
        kinds = set()
        for name in ("number", "posted_on", "promise_at", "stage_plans.transport", "own"):
            for column in columns:
                try:
                    with warnings.catch_warnings():
                        warnings.simplefilter("ignore")  # some are not read
                        parcelgauge.scorecard({"waybills": waybills(2, **{name: column})}, as_of=AS_OF)
                    kinds.add("read")
                except parcelgauge.Error as error:
                    kinds.add(error.kind)
        self.assertEqual(kinds, {"read", "wrong_type", "nulls_in_required", "broken_dictionary"})

    def test_local_times(self):
        naive = events().column("occurred_at").cast(pyarrow.timestamp("ms"))
        fields = self.refused("naive_instant", "without a zone", {"events": events(occurred_at=naive)})
        self.assertEqual(fields, {"table": "events", "field": "occurred_at"})
        self.refused("value", "RFC 3339 with its offset", as_of=datetime.datetime(2026, 11, 1))
        self.refused("value", "RFC 3339 with its offset", known_from="2026-11-01")

    def test_mixed_zones_are_instants_all_the_same(self):
        elsewhere = events().column("occurred_at").cast(pyarrow.timestamp("us", tz="America/Sao_Paulo"))
        moved = {"waybills": waybills(), "events": events(occurred_at=elsewhere)}
        asked = {"kpis": ["on_time_delivery_rate"], "as_of": AS_OF}
        self.assertEqual(parcelgauge.scorecard(moved, **asked).to_json(), measured().to_json())

    def test_choices_that_there_are_not(self):
        self.refused("unknown_kpi", "there is no KPI `punctuality`", kpis=["punctuality"])
        self.refused("argument", "takes no argument", kpis=["loss_rate(3)"])
        self.refused("unknown_policy", "there is no policy", policies={"on_time_delivery_rate.mood": "good"})
        self.refused("policy_value", "is not allowed", policies={"on_time_delivery_rate.promise": "any"})
        self.refused("policy_not_read", "does not read", policies={"nps.settle": "1h"})
        self.refused("policy_path", "KPI.NAME", policies={"settle": "1h"})
        self.refused("not_asked_for", "not asked for", kpis=["nps"], policies={"on_time_delivery_rate.settle": "1h"})
        self.refused("unknown_dimension", "destination_region", by=["destination"])
        self.refused("value", "one of day, week", window="decade")
        self.refused("value", "IANA", zone="Beijing")

    def test_arguments_of_another_type(self):
        for asked in ({"kpis": "nps"}, {"by": 3}, {"evidence": -1}, {"threads": 0}, {"as_of": 5}, {"progress": 5}):
            with self.assertRaises((TypeError, ValueError, OverflowError), msg=asked):
                measured(**asked)

    def test_no_instant(self):
        with self.assertRaises(parcelgauge.Error) as raised:
            parcelgauge.scorecard({})
        self.assertEqual((raised.exception.kind, raised.exception.fields), ("no_instant", {}))

    def test_too_little_memory(self):
        fields = self.refused("plan_too_large", "MB", by=["destination_region"], memory=2)
        self.assertGreater(fields["estimate"], fields["room"])

    def test_a_row_that_cannot_be_read(self):
        given = {"waybills": waybills(number=["SF0", "S\u0007", "SF2"])}
        fields = self.refused("row_refused", "invalid_id", given, strict=True)
        self.assertEqual((fields["table"], fields["row"], fields["reason"]), ("waybills", 2, "invalid_id"))
        (row,) = parcelgauge.scorecard(given, as_of=AS_OF).set_aside
        self.assertEqual((row.table, row.row, row.column, row.reason), ("waybills", 2, "number", "invalid_id"))
        self.assertIn("waybills:2", repr(row))


class Input(unittest.TestCase):
    """What is taken in."""

    def test_tables_without_rows_are_supplied(self):
        empty = {"waybills": waybills().slice(0, 0), "events": events().slice(0, 0)}
        (row,) = pyarrow.table(parcelgauge.scorecard(empty, kpis=["complaint_rate"], as_of=AS_OF)).to_pylist()
        self.assertEqual(row["missing"], ["complaint"])

    def test_the_end_of_the_input_is_the_instant(self):
        self.assertEqual(measured(as_of=None).as_of, "2026-10-03T11:00:00Z")
        self.assertEqual(measured(as_of=at(6, 0)).as_of, "2026-10-06T00:00:00Z")

    def test_a_slip_of_the_pen_is_no_end_of_the_input(self):
        times = events(150).column("occurred_at").to_pylist()
        times[-1] = datetime.datetime(2036, 10, 3, tzinfo=datetime.timezone.utc)
        given = {"waybills": waybills(150), "events": events(150, occurred_at=pyarrow.array(times, UTC))}
        with self.assertWarnsRegex(UserWarning, "far beyond it, 1 of them, up to 2036-10-03.*slips"):
            card = parcelgauge.scorecard(given, kpis=["nps"])
        self.assertEqual(card.as_of, "2026-10-03T11:00:00Z")

    def test_figures_that_look_back_are_open_where_they_cannot(self):
        given = {
            "waybills": waybills(1, customer=["C"]),
            "events": pyarrow.table({"waybill": ["SF0"], "kind": ["ordered"], "occurred_at": [at(9, 0)]}),
        }
        asked = {"kpis": ["repeat_order_rate"], "policies": {"repeat_order_rate.look_back": "3d"}, "as_of": at(10, 0)}
        for known_from, undecided in ((at(6, 0), 0), (at(6, 1), 1), (None, 1)):
            card = parcelgauge.scorecard(given, known_from=known_from, **asked)
            self.assertEqual([row["open"] for row in pyarrow.table(card).to_pylist()], [undecided], known_from)

    def test_a_column_that_is_not_read_is_warned_of(self):
        given = {"events": events(ocurred=[1] * 6)}
        with self.assertWarnsRegex(UserWarning, 'events: the column "ocurred" is not read'):
            parcelgauge.scorecard(given, as_of=AS_OF)

    def test_large_batches_are_shared_by_threads(self):
        count = 300_000
        whole = {"waybills": waybills(count), "events": events(count)}
        parts = {name: table.to_reader(max_chunksize=999) for name, table in whole.items()}
        asked = {"kpis": ["on_time_delivery_rate"], "as_of": AS_OF, "evidence": 2}
        card = parcelgauge.scorecard(whole, threads=3, **asked)
        self.assertEqual(card.to_json(), parcelgauge.scorecard(parts, threads=1, **asked).to_json())
        (row,) = pyarrow.table(card).to_pylist()
        self.assertEqual((row["hit"], row["miss"]), (200_000, 100_000))

    def test_progress_tells_all_rows(self):
        told = []
        measured(progress=told.append)
        self.assertEqual(told, sorted(told))
        self.assertEqual(told[-1], 9)

    def test_what_progress_raises_is_raised(self):
        def stop(rows):
            raise KeyError(rows)

        with self.assertRaises(KeyError):
            measured(progress=stop)

    def test_other_threads_run_meanwhile(self):
        count = 300_000
        given = {"waybills": waybills(count), "events": events(count)}
        turns = 0
        ended = threading.Event()

        def turn():
            nonlocal turns
            while not ended.is_set():
                turns += 1
                time.sleep(0.001)

        other = threading.Thread(target=turn)
        other.start()
        before = turns
        parcelgauge.scorecard(given, kpis=["on_time_delivery_rate"], as_of=AS_OF)
        meanwhile = turns - before
        ended.set()
        other.join()
        self.assertGreater(meanwhile, 10)

    @unittest.skipUnless(hasattr(signal, "setitimer"), "no timers")
    def test_an_interruption_stops_the_work(self):
        count = 300_000
        given = {"waybills": waybills(count), "events": events(count)}
        signal.signal(signal.SIGALRM, signal.default_int_handler)
        with self.assertRaises(KeyboardInterrupt):
            signal.setitimer(signal.ITIMER_REAL, 0.05)
            parcelgauge.scorecard(given, as_of=AS_OF, threads=1)


class Results(unittest.TestCase):
    """What comes out."""

    def test_attributes(self):
        card = measured(by=["destination_region"], window="week", zone="UTC")
        self.assertEqual((card.zone, card.window, card.by, len(card)), ("UTC", "week", ["destination_region"], 2))
        self.assertEqual(card.set_aside, [])

    def test_the_page_of_a_notebook(self):
        page = measured(by=["destination_region"])._repr_html_()
        self.assertIn("On-time delivery rate", page)
        self.assertIn("<td>&lt;b&gt;&amp;</td>", page)
        self.assertIn("<td>50.00 %</td>", page)
        for count, told in ((100, False), (101, True)):
            given = {"waybills": waybills(count, own=[str(number) for number in range(count)])}
            card = parcelgauge.scorecard(given, kpis=["shipment_volume"], by=["own"], as_of=AS_OF)
            self.assertEqual(len(card), count)
            self.assertEqual("and 1 row more" in card._repr_html_(), told)

    def test_a_stream_may_be_taken_twice(self):
        card = measured()
        self.assertEqual(pyarrow.table(card), pyarrow.table(card))

    @unittest.skipUnless(importlib.util.find_spec("pandas"), "without pandas")
    def test_pandas(self):
        frame = measured().to_pandas()
        self.assertEqual(list(frame["hit"]), [2])
        self.assertEqual(frame["params"][0]["promise"], "original")

    @unittest.skipUnless(importlib.util.find_spec("pandas"), "without pandas")
    def test_a_frame_without_rows(self):
        import pandas

        empty = pandas.DataFrame({"waybill": [], "kind": [], "occurred_at": []}, dtype=object)
        parcelgauge.scorecard({"waybills": waybills(), "events": empty}, as_of=AS_OF)

    @unittest.skipUnless(importlib.util.find_spec("polars"), "without polars")
    def test_polars(self):
        frame = measured().to_polars()
        self.assertEqual(frame["hit"].to_list(), [2])
        self.assertEqual(frame["value"].to_list(), [2 / 3])


class Package(unittest.TestCase):
    """The package itself."""

    def test_examples(self):
        named = (getattr(parcelgauge, name) for name in parcelgauge.__all__)
        documented = [thing for thing in named if getattr(thing, "__doc__", None) and not isinstance(thing, str)]
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
        for thing in documented:
            text = thing.__doc__
            runner.run(doctest.DocTestParser().get_doctest(text, {}, thing.__name__, None, None))
        self.assertEqual(runner.failures, 0)
        self.assertGreater(runner.tries, 3)

    @unittest.skipUnless(importlib.util.find_spec("pandas"), "without pandas")
    def test_the_readme(self):
        text = (pathlib.Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
        (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
        names = {}
        exec(compile(example, "README.md", "exec"), names)
        frame = names["frame"]
        self.assertEqual(list(frame["destination_region"]), ["Hunan", "Sichuan"])
        self.assertEqual(list(frame["value"]), [1.0, 0.0])

    def test_everything_is_documented(self):
        for name in parcelgauge.__all__:
            thing = getattr(parcelgauge, name)
            if not isinstance(thing, str):
                self.assertTrue(thing.__doc__, name)
                own = vars(thing) if isinstance(thing, type) else ()
                for part in (part for part in own if not part.startswith("_")):
                    self.assertTrue(getattr(thing, part).__doc__, f"{name}.{part}")

    @unittest.skipUnless(importlib.util.find_spec("mypy"), "without mypy")
    def test_the_types_are_those_of_the_module(self):
        command = [sys.executable, "-m", "mypy.stubtest", "parcelgauge"]
        environment = os.environ | {"MYPYPATH": os.environ.get("PYTHONPATH", "")}  # nothing where it is installed
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)

    def test_a_build_without_optimisation_is_warned_of(self):
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            importlib.reload(parcelgauge)
        self.assertEqual(len(told), int(parcelgauge._native.IS_DEBUG_BUILD))


if __name__ == "__main__":
    unittest.main()
