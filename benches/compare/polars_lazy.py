"""The scorecard in Polars, lazy and streaming: three ways to make a row a waybill of its scans, and one way from there to the
cells. What the columns and constants mean stands in `duckdb_sql.py`, which is written to the same plan."""

from data import TABLES
from duckdb_sql import DAY, HOUR, KINDS, SOUND

import polars as pl

CODE = {kind: code for code, kind in enumerate(KINDS)}
PARTIES = ["carrier", "force_majeure", "recipient", "sender"]
PHASES = [0, 1, 1, 2, 3, 4, 4, 4, 4, 5, 6, 7, 8, 8, 9] + [None] * 11
NOBODY = 7  # the party of a scan that names none
RECIPIENT = PARTIES.index("recipient")
CUSTOMERS = [RECIPIENT, PARTIES.index("sender"), NOBODY]
EXITS = ["cancelled", "refused", "redirected", "returned", "attempt_failed"]

c = pl.col
NOT_HANDLED = [CODE["ordered"], CODE["cancelled"]]
EARLY_CLOCK = c("r") < c("o") - 5 * 60_000
STORED = (c("k") == CODE["stored"]).cast(pl.Int64)


def is_kind(*kinds):
    return c("k").is_in([CODE[kind] for kind in kinds]) if len(kinds) > 1 else c("k") == CODE[kinds[0]]


HANDLING = ~c("k").is_in(NOT_HANDLED)
JUDGED = pl.when(EARLY_CLOCK).then(pl.min_horizontal("o", "r")).otherwise(c("o"))
COMPLETES = is_kind("delivered", "stored")
CONSENTED = is_kind("delivered") | (is_kind("stored") & ~c("refused_consent"))
DOUBTFUL = EARLY_CLOCK | (c("collected_at") - c("o") > DAY).fill_null(False)
DONE = pl.when(DOUBTFUL).then(SOUND + pl.min_horizontal("o", "r") * 2).otherwise(c("o") * 2) + STORED
AFTER_COMPLETION = (
    (c("done") < SOUND)
    & (c("o") > c("done") // 2)
    & ~is_kind("delivered", "damaged", "shortage", "lost", "returned")
    & ~(is_kind("stored") & (c("done") % 2 == 1))
)
ODD = EARLY_CLOCK | (HANDLING & ((c("collected_at") - c("o") > DAY).fill_null(False) | AFTER_COMPLETION.fill_null(False)))
PHASE = c("k").replace_strict(list(range(len(KINDS))), PHASES, return_dtype=pl.Int8)
STEP_BACK = (c("phase") < c("before")) & ~((c("before") == 8) & c("phase").is_between(5, 8))


def only(condition, value="o"):
    """A column where a condition holds, null elsewhere: what is aggregated passes over nulls."""
    return pl.when(condition).then(c(value) if isinstance(value, str) else value)


def first(kind, condition=True):
    return only(is_kind(kind) & condition).min()


def exit_of(kind):
    """The earliest scan of a kind and its party, as one number."""
    return only(is_kind(kind), c("o") * 8 + c("party")).min().alias(kind)


def known(at, as_of):
    return c(at).to_physical() <= as_of


def known_scans(tables, as_of):
    return tables["events"].filter(known("recorded_at", as_of)).select(
        "waybill",
        c("kind").cast(pl.Enum(KINDS)).to_physical().alias("k"),
        c("occurred_at").to_physical().alias("o"),
        c("recorded_at").to_physical().alias("r"),
        c("facility").to_physical(),
        (c("consent") == "no").fill_null(False).alias("refused_consent"),
        c("party").cast(pl.Enum(PARTIES)).to_physical().cast(pl.Int64).fill_null(NOBODY).alias("party"),
    )


def each_once(rows):
    """Of repeats the one recorded first."""
    identity = ["waybill", "k", "o", "facility"]
    return rows.group_by(identity).agg(c("r").min(), c("refused_consent").first(), c("party").first())


NODES = ["collected", "origin_arrived", "origin_departed", "destination_arrived", "out_for_delivery"]
TRIP = [
    only(HANDLING, JUDGED).min().alias("handled_at"),
    c("collected_at", "collected_bad", "done", "put").first(),
    *map(exit_of, EXITS),
    (only(is_kind("lost")).max() >= only(HANDLING).max()).fill_null(False).alias("lost"),
    (JUDGED * 32 + c("k")).max().alias("last"),
    pl.all_horizontal(*(is_kind(kind).any() for kind in NODES)).alias("has_nodes"),
    is_kind("delivered").any().alias("has_delivered"),
    first("collected", ~c("odd")).alias("s_collected"),
    only(is_kind("origin_departed") & ~c("odd")).max().alias("s_left"),
    first("destination_arrived", ~c("odd")).alias("s_reached"),
    first("out_for_delivery", ~c("odd")).alias("s_out"),
    c("odd").any().alias("is_odd"),
]
COLLECTION = [
    only(is_kind("collected") & ~EARLY_CLOCK).min().alias("collected_sound"),
    only(is_kind("collected"), pl.min_horizontal("o", "r")).min().alias("collected_any"),
]
COLLECTED = [
    pl.coalesce("collected_sound", "collected_any").alias("collected_at"),
    (c("collected_sound").is_null() & c("collected_any").is_not_null()).alias("collected_bad"),
]


def joined(rows):
    """Each finding is aggregated by itself and joined back to the scans."""
    scans = each_once(rows)
    returns = scans.filter(is_kind("returned")).group_by("waybill").agg(c("o").min().alias("back"))
    forward = scans.join(returns, on="waybill", how="left").filter(c("back").is_null() | (c("o") <= c("back"))).drop("back")
    collections = forward.filter(is_kind("collected")).group_by("waybill").agg(COLLECTION).select("waybill", *COLLECTED)
    completions = (
        forward.filter(COMPLETES)
        .join(collections, on="waybill", how="left")
        .group_by("waybill")
        .agg(only(CONSENTED, DONE).min().alias("done"), DONE.min().alias("put"))
    )
    f = forward.join(collections, on="waybill", how="left").join(completions, on="waybill", how="left")
    f = f.with_columns(c("collected_bad").fill_null(False), odd=ODD)
    steps = forward.select("waybill", "o", "k", phase=PHASE).filter(c("phase").is_not_null()).sort("waybill", "o", "k")
    steps = steps.with_columns(before=pl.when(c("waybill") == c("waybill").shift()).then(c("phase").shift()))
    backward = steps.filter(STEP_BACK).select("waybill").unique().with_columns(in_order=pl.lit(False))
    trips = f.group_by("waybill").agg(TRIP).join(backward, on="waybill", how="left").with_columns(c("in_order").fill_null(True))
    return trips, f.filter(~c("odd")).select("waybill", "o", "r")


def windowed(rows):
    """Findings are windows over the scans of a waybill, which are sorted once."""
    over = lambda expression: expression.over("waybill")
    f = each_once(rows).sort("waybill", "o", "k")
    f = f.with_columns(over(first("returned")).alias("back")).filter(c("back").is_null() | (c("o") <= c("back")))
    f = f.with_columns(*map(over, COLLECTION)).with_columns(*COLLECTED, phase=PHASE)
    f = f.with_columns(over(only(CONSENTED, DONE).min()).alias("done"), over(only(COMPLETES, DONE).min()).alias("put"))
    f = f.with_columns(odd=ODD, before=over(c("phase").forward_fill().shift()))
    trips = f.group_by("waybill").agg(*TRIP, (~STEP_BACK.any()).fill_null(True).alias("in_order"))
    return trips, f.filter(~c("odd")).select("waybill", "o", "r")


def two_tracks(rows):
    """One aggregation tells the waybills of which no scan is repeated and nothing odd happened, four in five: theirs is all in
    it. Only the scans of the others are sorted by identity, and go the joined way."""
    line = [["ordered"], ["inspected", "collected"], ["origin_arrived"], ["origin_departed"]]
    line += [["hub_arrived", "hub_departed", "customs_in", "customs_out"], ["destination_arrived"], ["destination_departed"]]
    line += [["out_for_delivery"], ["attempt_failed", "stored"], ["delivered"]]
    encoded = c("o") * 2 + STORED
    is_hub = is_kind("hub_arrived", "hub_departed")
    looked = rows.group_by("waybill").agg(
        only(HANDLING).min().alias("handled_at"),
        first("collected").alias("collected_at"),
        only(CONSENTED, encoded).min().alias("done"),
        only(COMPLETES, encoded).min().alias("put"),
        only(HANDLING & ~is_kind("delivered", "stored", "damaged", "shortage", "lost")).max().alias("line_end"),
        only(is_kind("stored")).max().alias("stored_last"),
        (EARLY_CLOCK | is_kind("returned")).any().alias("is_rare"),
        *map(exit_of, EXITS),
        (only(is_kind("lost")).max() >= only(HANDLING).max()).fill_null(False).alias("lost"),
        (c("o") * 32 + c("k")).max().alias("last"),
        *(only(is_kind(*kinds)).min().alias(f"l{phase}") for phase, kinds in enumerate(line)),
        *(only(is_kind(*kinds)).max().alias(f"m{phase}") for phase, kinds in enumerate(line)),
        (~is_hub).sum().alias("others"),
        only(~is_hub, pl.lit(1, pl.Int64) * 2 ** c("k").cast(pl.Int64)).bitwise_or().bitwise_count_ones().alias("other_kinds"),
        *(is_kind(kind).sum().alias(f"n_{kind}") for kind in ("hub_arrived", "hub_departed")),
        *(only(is_kind(kind)).min().alias(f"first_{kind}") for kind in ("hub_arrived", "hub_departed")),
        *(only(is_kind(kind)).max().alias(f"last_{kind}") for kind in ("hub_arrived", "hub_departed")),
    )
    repeated = lambda kind: (c(f"n_{kind}") > 2) | (
        (c(f"n_{kind}") == 2) & (c(f"first_{kind}") == c(f"last_{kind}")).fill_null(False)
    )
    after = lambda phase: [f"l{later}" for later in range(phase + 1, 10) if phase < 5 or later != 8]
    steps_back = [c(f"m{phase}") > pl.min_horizontal(after(phase)) for phase in range(9)]
    told = looked.with_columns(
        in_order=~pl.any_horizontal(*(back.fill_null(False) for back in steps_back)),
        is_odd=c("is_rare")
        | (c("others") > c("other_kinds").fill_null(0))
        | repeated("hub_arrived")
        | repeated("hub_departed")
        | (c("collected_at") - c("handled_at") > DAY).fill_null(False)
        | (c("line_end") > c("done") // 2).fill_null(False)
        | ((c("stored_last") > c("done") // 2) & (c("done") % 2 == 0)).fill_null(False)
        | (pl.max_horizontal("m5", "m6", "m7") > c("l8")).fill_null(False),
    )
    told = told.collect(engine="streaming").lazy()  # it is asked three times
    is_odd = told.filter("is_odd").select("waybill")
    odd_trips, odd_counted = joined(rows.join(is_odd, on="waybill", how="semi"))
    plain = told.filter(~c("is_odd")).with_columns(
        collected_bad=pl.lit(False),
        has_nodes=pl.all_horizontal(*(c(name).is_not_null() for name in ["collected_at", "l2", "l3", "l5", "l7"])),
        has_delivered=c("l9").is_not_null(),
        s_collected=c("collected_at"),
        s_left=c("m3"),
        s_reached=c("l5"),
        s_out=c("l7"),
    )
    columns = ["waybill", "handled_at", "collected_at", "collected_bad", "done", "put", *EXITS, "lost", "last", "has_nodes"]
    columns += ["has_delivered", "s_collected", "s_left", "s_reached", "s_out", "is_odd", "in_order"]
    trips = pl.concat([plain.select(columns), odd_trips.select(columns)])
    counted = rows.join(is_odd, on="waybill", how="anti").select("waybill", "o", "r")
    return trips, pl.concat([counted, odd_counted])


FORMULATIONS = {"joined": joined, "windowed": windowed, "two_tracks": two_tracks}


def month(at):
    """The month of an instant in Shanghai, as the number of its first day."""
    days = (c(at) + 8 * HOUR) // DAY if isinstance(at, str) else at
    return days.cast(pl.Int32).cast(pl.Date).dt.month_start()


def facts_of(trips, tables, ways, as_of):
    """Forward shipments that were accepted, with what hangs on them."""
    asked = tables["promise_moves"].filter((c("by") == "customer") & known("moved_at", as_of)).group_by("waybill")
    asked = asked.agg(c("to_at").sort_by("moved_at").last().alias("ask_at"), c("to_on").sort_by("moved_at").last().alias("ask_on"))
    upheld = pl.when(c("resolved_at").is_null() | known("resolved_at", as_of)).then(c("upheld"))
    of_cases = tables["complaints"].filter(known("recorded_at", as_of) & (c("class") != "inquiry") & (c("cause") == "damage"))
    approved = pl.when(c("decided_at").is_null() | known("decided_at", as_of)).then(c("decision") == "approved")
    of_kind = c("loss_kind").is_in(["total_damage", "partial_damage"])
    of_claims = tables["claims"].filter(known("recorded_at", as_of) & of_kind)
    found = pl.concat([of_cases.select("waybill", found=upheld), of_claims.select("waybill", found=approved)])
    harms = found.group_by("waybill").agg(c("found").any().alias("found"), c("found").is_null().any().alias("damage_waits"))
    damages = tables["events"].filter(known("recorded_at", as_of) & (c("kind") == "damaged"))
    damages = damages.select("waybill").unique().with_columns(scanned=pl.lit(True))
    facts = trips.join(ways, on="waybill").filter(c("flow") == "forward")
    for other in (asked, harms, damages):
        facts = facts.join(other, on="waybill", how="left")
    asks = c("ask_at").is_not_null() | c("ask_on").is_not_null()
    parties = {name: (c(kind) // 8, c(kind) % 8) for name, kind in zip(["cancelled", "refused", "redirected", "returned", "attempt"], EXITS)}
    facts = facts.with_columns(
        *(at.alias(name) for name, (at, _) in parties.items()),
        *(party.alias(f"{name}_party") for name, (_, party) in parties.items()),
        accepted_at=pl.coalesce("collected_at", "handled_at"),
        done_bad=c("done") >= SOUND,
        done_at=c("done") % SOUND // 2,
        put_at=c("put") % SOUND // 2,
        s_done=pl.when(c("done") < SOUND).then(c("done") // 2),
        promise_at=pl.when(asks).then("ask_at").otherwise("promise_at").to_physical(),
        promise_on=pl.when(asks).then("ask_on").otherwise("promise_on").to_physical().cast(pl.Int64),
        damaged=c("scanned").fill_null(False) | c("found").fill_null(False),
        damage_waits=c("damage_waits").fill_null(False),
    )
    accepted = c("accepted_at").is_not_null() & (c("cancelled").is_null() | (c("accepted_at") <= c("cancelled")))
    in_transit = lambda name: c(name).is_not_null() & (c("done_at").is_null() | (c(name) < c("done_at")))
    by_customer = lambda name: in_transit(name) & c(f"{name}_party").is_in(CUSTOMERS)
    blamed = pl.when(c("returned_party") != NOBODY).then(c("returned_party").is_in(CUSTOMERS))
    return facts.filter(accepted).with_columns(
        m_accepted=month("accepted_at"),
        m_done=month("done_at"),
        m_due=month(pl.coalesce(c("promise_on"), (c("promise_at") + 8 * HOUR) // DAY)),
        line=pl.coalesce(c("promise_at"), (c("promise_on") + 1) * DAY - 8 * HOUR),
        inclusive=c("promise_at").is_not_null(),
        scans_due=pl.coalesce(c("done_at"), c("accepted_at") + 44 * DAY) + DAY,
        tried_at=pl.min_horizontal("attempt", "refused"),
        left_by_customer=pl.when(in_transit("returned"))
        .then(blamed.otherwise(c("refused").is_not_null() | (c("attempt_party") == RECIPIENT).fill_null(False)))
        .otherwise(by_customer("refused") | by_customer("redirected") | by_customer("cancelled")),
        first_at=pl.min_horizontal("done_at", "put_at", "attempt", "refused"),
    )


NONE = pl.lit(None, pl.Float64)


def cells(facts, counted, tables, ways, as_of):
    """From a row a waybill to the cells: one row a metric, month and group."""
    facts, fresh = pl.collect_all(
        [
            facts,
            counted.filter(c("o") + 25 * HOUR <= as_of)
            .join(ways.filter(c("flow") == "forward"), on="waybill")
            .group_by(month("o").alias("month"), "region", "product")
            .agg((c("r") - c("o") <= HOUR).sum().alias("a"), (c("r") - c("o") > HOUR).sum().alias("b")),
        ],
        engine="streaming",
    )
    rows = []

    def add(metric, frame, day, *numbers):
        numbers = [number.cast(pl.Float64).alias(f"n{place}") for place, number in enumerate(numbers)]
        numbers += [NONE.alias(f"n{place}") for place in range(len(numbers), 5)]
        keys = [day.alias("month"), c("region").cast(pl.String), c("product").cast(pl.String)]
        rows.append(frame.lazy().group_by(keys).agg(numbers).select(pl.lit(metric).alias("metric"), pl.all()))

    def share(metric, day, hit, where):
        hit = hit.fill_null(False) if isinstance(hit, pl.Expr) else pl.lit(hit)
        add(metric, facts.lazy().filter(where), c(day), hit.sum(), (~hit).sum())

    kept = ((c("done_at") < c("line")) | (c("inclusive") & (c("done_at") == c("line")))).fill_null(False)
    tried = ((c("tried_at") < c("line")) | (c("inclusive") & (c("tried_at") == c("line")))).fill_null(False)
    within = (c("done_at") - c("collected_at") <= 72 * HOUR).fill_null(False)
    tried_within = (c("tried_at") <= c("collected_at") + 72 * HOUR).fill_null(False)
    no_clock = c("collected_bad") | (c("done_bad") | (c("done_at") < c("collected_at"))).fill_null(False)
    completed = c("done").is_not_null()
    took = c("done_at") - c("collected_at")
    in_vain = (c("tried_at") == c("first_at")).fill_null(False)
    last = c("last") % 32
    gone = last.is_in([CODE["refused"], CODE["cancelled"]])
    waits = last.is_in([CODE["stored"], CODE["held"]])
    matured = c("accepted_at") + 45 * DAY <= as_of
    safe = completed | c("returned").is_not_null() | gone

    add("shipments", facts, c("m_accepted"), pl.len())
    add("delivered", facts.filter(completed), c("m_done"), pl.len())
    share("on_time", "m_due", kept, (c("line") + DAY <= as_of) & (kept | ~(c("left_by_customer") & tried)))
    decided = (c("collected_at") + 96 * HOUR <= as_of) & ~no_clock
    share("within_72h", "m_accepted", within, decided & (within | ~(c("left_by_customer") & tried_within)))
    sound = completed & ~c("done_bad") & ~c("collected_bad") & (took >= 0)
    quantiles = [took.quantile(p, interpolation="linear") for p in (0.5, 0.9, 0.99)]
    add("end_to_end", facts.filter(sound), c("m_done"), pl.len(), took.sum(), *quantiles)
    stages = {"origin_processing": "s_collected s_left", "transport": "s_left s_reached"}
    stages |= {"destination_processing": "s_reached s_out", "last_mile": "s_out s_done"}
    for name, ends in stages.items():
        start, end = map(c, ends.split())
        add(f"stage_{name}", facts.filter(completed & (end >= start)), c("m_done"), pl.len(), (end - start).sum())
    refused_there = in_vain & (c("refused") - c("first_at") < 30 * 60_000).fill_null(False)
    share("first_attempt", "m_accepted", (c("done_at") == c("first_at")) & ~in_vain, (c("first_at") + DAY <= as_of) & ~refused_there)
    silent = ~waits & (c("last") // 32 + 30 * DAY <= as_of)
    share("loss", "m_accepted", c("lost") | ~safe, matured & (c("lost") | safe | silent))
    share("damage", "m_accepted", c("damaged"), matured & (c("damaged") | ~c("damage_waits")))
    judged = c("scans_due") <= as_of
    share("complete", "m_accepted", c("has_nodes") & (completed | c("has_delivered")), judged)
    share("in_order", "m_accepted", c("in_order") & ~c("is_odd"), judged)
    add("fresh", fresh, c("month"), c("a").sum(), c("b").sum())

    instant = lambda at: c(at).to_physical()
    as_known = lambda at: pl.when(known(at, as_of)).then(instant(at))
    cases = tables["complaints"].filter(known("recorded_at", as_of)).join(ways, on="waybill")
    opened = instant("opened_at")
    day_of = lambda at: month((at + 8 * HOUR) // DAY)
    add("complaints", cases.filter(c("class") == "complaint"), day_of(opened), pl.len())
    answered = (pl.min_horizontal(as_known("responded_at"), as_known("resolved_at")) <= opened + DAY).fill_null(False)
    decided = (c("class") != "appeal") & (opened + 2 * DAY <= as_of)
    add("answered", cases.filter(decided), day_of(opened), answered.sum(), (~answered).sum())
    ratings = tables["ratings"].filter(known("recorded_at", as_of) & ~c("system_default").fill_null(False)).join(ways, on="waybill")
    score, least, most = (c(name).cast(pl.Float64) for name in ("score", "scale_min", "scale_max"))
    rated = day_of(instant("rated_at"))
    add("rating", ratings.filter(c("question") == "csat"), rated, ((score - least) / (most - least)).sum(), pl.len())
    add("nps", ratings.filter(c("question") == "nps"), rated, (score >= 9).sum(), (score <= 6).sum(), pl.len())
    claims = tables["claims"].filter(known("recorded_at", as_of)).join(ways, on="waybill")
    add("claims", claims, day_of(instant("filed_at")), pl.len())
    paid = tables["payments"].filter(known("paid_at", as_of)).join(claims.select("id", "region", "product"), left_on="claim", right_on="id")
    add("paid", paid, day_of(instant("paid_at")), (c("amount").cast(pl.Float64) * 100).round().sum())
    result = pl.concat(rows).with_columns(c("month").dt.strftime("%Y-%m")).collect(engine="streaming")
    return result.rows()


def run(folder, formulation, as_of, threads, in_memory):
    """A measured run: gives what is timed. The number of threads is read from the environment at the import."""
    tables = {table: pl.scan_parquet(f"{folder}/{table}.parquet") for table in TABLES}
    if in_memory:
        tables = {table: frame.collect().lazy() for table, frame in tables.items()}
    ways = tables["waybills"].filter(known("recorded_at", as_of)).select(
        c("number").alias("waybill"),
        c("destination_region").alias("region"),
        "product",
        c("flow").cast(pl.String).fill_null("forward"),
        "promise_at",
        "promise_on",
    )

    def job():
        trips, counted = FORMULATIONS[formulation](known_scans(tables, as_of))
        return cells(facts_of(trips, tables, ways, as_of), counted, tables, ways.drop("promise_at", "promise_on"), as_of)

    return job
