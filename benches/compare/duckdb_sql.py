"""The scorecard in DuckDB's SQL: three ways to make a row a waybill of its scans, and one way from there to the cells.

Instants are milliseconds since 1970 in UTC; days and months are those of Shanghai, eight hours ahead without exception since
1991. Constants are the policies that the library prints as `params`; `answers.py` refuses others.
"""

from data import TABLES

HOUR = 3_600_000
DAY = 24 * HOUR

# In the order in which scans of one instant follow one another.
KINDS = (
    "ordered inspected collected origin_arrived origin_departed hub_arrived hub_departed customs_in customs_out "
    "destination_arrived destination_departed out_for_delivery attempt_failed stored delivered damaged lost shortage missorted "
    "refused address_problem temperature_alarm held redirected returned cancelled"
).split()

# How far along the line a scan stands.
PHASE = """CASE kind WHEN 'ordered' THEN 0 WHEN 'inspected' THEN 1 WHEN 'collected' THEN 1 WHEN 'origin_arrived' THEN 2
  WHEN 'origin_departed' THEN 3 WHEN 'hub_arrived' THEN 4 WHEN 'hub_departed' THEN 4 WHEN 'customs_in' THEN 4
  WHEN 'customs_out' THEN 4 WHEN 'destination_arrived' THEN 5 WHEN 'destination_departed' THEN 6 WHEN 'out_for_delivery' THEN 7
  WHEN 'attempt_failed' THEN 8 WHEN 'stored' THEN 8 WHEN 'delivered' THEN 9 END"""
HANDLING = "kind NOT IN ('ordered', 'cancelled')"
EARLY_CLOCK = f"r < o - {5 * 60_000}"
JUDGED = f"CASE WHEN {EARLY_CLOCK} THEN least(o, r) ELSE o END"
# Of completions the least: sound before doubtful clocks, then the earliest, then delivery before storing.
SOUND = 1 << 60


def known(at, as_of):
    return f"epoch_ms({at}) <= {as_of}"


def sources(as_of):
    """What is known, and each scan once: of repeats the one recorded first."""
    return f"""
scan_rows AS NOT MATERIALIZED (
  SELECT waybill, kind::node AS kind, epoch_ms(occurred_at) AS o, epoch_ms(recorded_at) AS r, facility, consent, party
  FROM events WHERE {known("recorded_at", as_of)}
),
scans AS (
  SELECT waybill, kind, o, facility, min(r) AS r, any_value(consent) AS consent, any_value(party) AS party
  FROM scan_rows GROUP BY waybill, kind, o, facility
)"""


# What all ways end with: a row a waybill, from its scans before any way back (`f`), with what was found before.
TRIP = f"""
  min({JUDGED}) FILTER ({HANDLING}) AS handled_at,
  any_value(collected_at) AS collected_at, any_value(collected_bad) AS collected_bad,
  any_value(done) AS done, any_value(put) AS put,
  min(o) FILTER (kind = 'cancelled') AS cancelled, arg_min(party, o) FILTER (kind = 'cancelled') AS cancelled_party,
  min(o) FILTER (kind = 'refused') AS refused, arg_min(party, o) FILTER (kind = 'refused') AS refused_party,
  min(o) FILTER (kind = 'redirected') AS redirected, arg_min(party, o) FILTER (kind = 'redirected') AS redirected_party,
  min(o) FILTER (kind = 'returned') AS returned, arg_min(party, o) FILTER (kind = 'returned') AS returned_party,
  min(o) FILTER (kind = 'attempt_failed') AS attempt, arg_min(party, o) FILTER (kind = 'attempt_failed') AS attempt_party,
  coalesce(max(o) FILTER (kind = 'lost') >= max(o) FILTER ({HANDLING}), false) AS lost,
  max(({JUDGED}) * 32 + enum_code(kind)) AS last,
  bool_or(kind = 'origin_arrived') AND bool_or(kind = 'origin_departed') AND bool_or(kind = 'destination_arrived')
    AND bool_or(kind = 'out_for_delivery') AND bool_or(kind = 'collected') AS has_nodes,
  bool_or(kind = 'delivered') AS has_delivered,
  min(o) FILTER (kind = 'collected' AND NOT odd) AS s_collected, max(o) FILTER (kind = 'origin_departed' AND NOT odd) AS s_left,
  min(o) FILTER (kind = 'destination_arrived' AND NOT odd) AS s_reached, min(o) FILTER (kind = 'out_for_delivery' AND NOT odd) AS s_out,
  bool_or(odd) AS is_odd
"""
COLLECTED = f"""
  coalesce(min(o) FILTER (kind = 'collected' AND NOT ({EARLY_CLOCK})), min(least(o, r)) FILTER (kind = 'collected'))"""
COLLECTED_BAD = f"coalesce(bool_and({EARLY_CLOCK}) FILTER (kind = 'collected'), false)"
DOUBTFUL = f"(({EARLY_CLOCK}) OR coalesce(collected_at - o > {DAY}, false))"
DONE = f"CASE WHEN {DOUBTFUL} THEN {SOUND} + least(o, r) * 2 ELSE o * 2 END + CASE kind WHEN 'stored' THEN 1 ELSE 0 END"
COMPLETES = "kind IN ('delivered', 'stored')"
CONSENTED = "(kind = 'delivered' OR (kind = 'stored' AND consent IS DISTINCT FROM 'no'))"
# Handling a day before collection, a clock ahead of its recording, handling after a sound completion.
ODD = f"""({EARLY_CLOCK}) OR ({HANDLING} AND (coalesce(collected_at - o > {DAY}, false) OR coalesce(
  done < {SOUND} AND o > done // 2 AND kind NOT IN ('delivered', 'damaged', 'shortage', 'lost', 'returned')
  AND NOT (kind = 'stored' AND done % 2 = 1), false)))"""
# A step back along the line, but that a parcel tried or stored may pass the destination again.
STEP_BACK = f"phase < before AND NOT (before = 8 AND phase BETWEEN 5 AND 8)"


def joined(as_of):
    """Each finding is aggregated by itself and joined back to the scans."""
    return f"""{sources(as_of)},
returns AS (SELECT waybill, min(o) AS back FROM scans WHERE kind = 'returned' GROUP BY waybill),
forward AS (SELECT scans.* FROM scans LEFT JOIN returns USING (waybill) WHERE back IS NULL OR o <= back),
collections AS (
  SELECT waybill, {COLLECTED} AS collected_at, {COLLECTED_BAD} AS collected_bad FROM forward WHERE kind = 'collected' GROUP BY waybill
),
completions AS (
  SELECT waybill, min({DONE}) FILTER ({CONSENTED}) AS done, min({DONE}) AS put
  FROM forward LEFT JOIN collections USING (waybill) WHERE {COMPLETES} GROUP BY waybill
),
f AS (
  SELECT forward.*, collected_at, collected_bad, done, put, {ODD} AS odd
  FROM forward LEFT JOIN collections USING (waybill) LEFT JOIN completions USING (waybill)
),
steps AS (
  SELECT waybill, phase, lag(phase) OVER (PARTITION BY waybill ORDER BY o, kind, facility NULLS FIRST) AS before
  FROM (SELECT waybill, o, kind, facility, {PHASE} AS phase FROM forward) WHERE phase IS NOT NULL
),
backward AS (SELECT DISTINCT waybill FROM steps WHERE {STEP_BACK}),
plain_trips AS (SELECT waybill, {TRIP} FROM f GROUP BY waybill),
trips AS (
  SELECT plain_trips.*, backward.waybill IS NULL AS in_order FROM plain_trips LEFT JOIN backward USING (waybill)
),
counted AS (SELECT waybill, o, r FROM f WHERE NOT odd)"""


def windowed(as_of):
    """Findings are windows over the scans of a waybill, which stay sorted."""
    return f"""{sources(as_of)},
w1 AS (SELECT *, min(o) FILTER (kind = 'returned') OVER (PARTITION BY waybill) AS back FROM scans),
w2 AS (
  SELECT * EXCLUDE (back), {PHASE} AS phase,
    coalesce(min(o) FILTER (kind = 'collected' AND NOT ({EARLY_CLOCK})) OVER w,
      min(least(o, r)) FILTER (kind = 'collected') OVER w) AS collected_at,
    coalesce(bool_and({EARLY_CLOCK}) FILTER (kind = 'collected') OVER w, false) AS collected_bad
  FROM w1 WHERE back IS NULL OR o <= back WINDOW w AS (PARTITION BY waybill)
),
w3 AS (
  SELECT *, min({DONE}) FILTER ({CONSENTED}) OVER w AS done, min({DONE}) FILTER ({COMPLETES}) OVER w AS put,
    lag(phase IGNORE NULLS) OVER (PARTITION BY waybill ORDER BY o, kind, facility NULLS FIRST) AS before
  FROM w2 WINDOW w AS (PARTITION BY waybill)
),
f AS (SELECT *, {ODD} AS odd FROM w3),
trips AS (SELECT waybill, {TRIP}, NOT coalesce(bool_or({STEP_BACK}), false) AS in_order FROM f GROUP BY waybill),
counted AS (SELECT waybill, o, r FROM f WHERE NOT odd)"""


def two_tracks(as_of):
    """One aggregation tells the waybills of which no scan is repeated and nothing odd happened, four in five: theirs is all in
    it. Only the scans of the others are sorted by identity, and go the joined way."""
    first = lambda kind: f"min(o) FILTER (kind = '{kind}')"
    last = lambda kind: f"max(o) FILTER (kind = '{kind}')"
    hubs = lambda kind: f"count(*) FILTER (kind = '{kind}')"
    repeated = lambda times, first, last: f"{times} > 2 OR ({times} = 2 AND {first} = {last})"
    rest = joined(as_of)
    rows, scans = sources(as_of).split("\nscans AS ")
    scans = scans.replace("FROM scan_rows", "FROM scan_rows WHERE waybill IN (SELECT waybill FROM told WHERE is_odd)")
    rest = rest[rest.index("returns AS"):].replace("FROM scans", "FROM odd_scans").replace("scans.*", "odd_scans.*")
    rest = rest.replace("\ntrips AS", "\nodd_trips AS").replace("\ncounted AS", "\nodd_counted AS")
    return f"""{rows}
looked AS (
  SELECT waybill,
    min(o) FILTER ({HANDLING}) AS handled_at, {first("collected")} AS collected_at, {last("collected")} AS c_last,
    min(o * 2 + CASE kind WHEN 'stored' THEN 1 ELSE 0 END) FILTER ({CONSENTED}) AS done,
    min(o * 2 + CASE kind WHEN 'stored' THEN 1 ELSE 0 END) FILTER ({COMPLETES}) AS put,
    max(o) FILTER ({HANDLING} AND kind NOT IN ('delivered', 'stored', 'damaged', 'shortage', 'lost')) AS line_end,
    {last("stored")} AS stored_last, bool_or({EARLY_CLOCK} OR kind = 'returned') AS is_rare,
    {first("cancelled")} AS cancelled, arg_min(party, o) FILTER (kind = 'cancelled') AS cancelled_party,
    {first("refused")} AS refused, arg_min(party, o) FILTER (kind = 'refused') AS refused_party,
    {first("redirected")} AS redirected, arg_min(party, o) FILTER (kind = 'redirected') AS redirected_party,
    {first("attempt_failed")} AS attempt, arg_min(party, o) FILTER (kind = 'attempt_failed') AS attempt_party,
    coalesce({last("lost")} >= max(o) FILTER ({HANDLING}), false) AS lost,
    max(o * 32 + enum_code(kind)) AS last,
    {last("ordered")} AS m0, min(o) FILTER (kind IN ('inspected', 'collected')) AS l1,
    max(o) FILTER (kind IN ('inspected', 'collected')) AS m1,
    {first("origin_arrived")} AS l2, {last("origin_arrived")} AS m2, {first("origin_departed")} AS l3,
    {last("origin_departed")} AS m3, min(o) FILTER (kind IN ('hub_arrived', 'hub_departed', 'customs_in', 'customs_out')) AS l4,
    max(o) FILTER (kind IN ('hub_arrived', 'hub_departed', 'customs_in', 'customs_out')) AS m4,
    {first("destination_arrived")} AS l5, {last("destination_arrived")} AS m5, {first("destination_departed")} AS l6,
    {last("destination_departed")} AS m6, {first("out_for_delivery")} AS l7, {last("out_for_delivery")} AS m7,
    min(o) FILTER (kind IN ('attempt_failed', 'stored')) AS l8, max(o) FILTER (kind IN ('attempt_failed', 'stored')) AS m8,
    {first("delivered")} AS l9,
    count(*) FILTER (kind NOT IN ('hub_arrived', 'hub_departed')) AS others,
    bit_count(bit_or(1 << enum_code(kind)::INTEGER) FILTER (kind NOT IN ('hub_arrived', 'hub_departed'))) AS other_kinds,
    {hubs("hub_arrived")} AS ins, {first("hub_arrived")} AS in_first, {last("hub_arrived")} AS in_last,
    {hubs("hub_departed")} AS outs, {first("hub_departed")} AS out_first, {last("hub_departed")} AS out_last
  FROM scan_rows GROUP BY waybill
),
told AS (
  SELECT *, NOT (coalesce(m0 > least(l1, l2, l3, l4, l5, l6, l7, l8, l9), false) OR coalesce(m1 > least(l2, l3, l4, l5, l6, l7, l8, l9), false)
      OR coalesce(m2 > least(l3, l4, l5, l6, l7, l8, l9), false) OR coalesce(m3 > least(l4, l5, l6, l7, l8, l9), false)
      OR coalesce(m4 > least(l5, l6, l7, l8, l9), false) OR coalesce(m5 > least(l6, l7, l9), false)
      OR coalesce(m6 > least(l7, l9), false) OR coalesce(m7 > l9, false) OR coalesce(m8 > l9, false)) AS in_order,
    is_rare OR others > other_kinds OR {repeated("ins", "in_first", "in_last")} OR {repeated("outs", "out_first", "out_last")}
      OR coalesce(collected_at - handled_at > {DAY}, false) OR coalesce(line_end > done // 2, false)
      OR coalesce(stored_last > done // 2 AND done % 2 = 0, false) OR coalesce(greatest(m5, m6, m7) > l8, false) AS is_odd
  FROM looked
),
odd_scans AS {scans},
{rest},
trips AS (
  SELECT waybill, handled_at, collected_at, false AS collected_bad, done, put, cancelled, cancelled_party, refused, refused_party,
    redirected, redirected_party, NULL::BIGINT AS returned, NULL::VARCHAR AS returned_party, attempt, attempt_party, lost, last,
    coalesce(l2 + l3 + l5 + l7 + collected_at IS NOT NULL, false) AS has_nodes, l9 IS NOT NULL AS has_delivered,
    collected_at AS s_collected, m3 AS s_left, l5 AS s_reached, l7 AS s_out, false AS is_odd, in_order
  FROM told WHERE NOT is_odd
  UNION ALL BY NAME SELECT * FROM odd_trips
),
counted AS (
  SELECT waybill, o, r FROM scan_rows WHERE waybill NOT IN (SELECT waybill FROM told WHERE is_odd)
  UNION ALL SELECT waybill, o, r FROM odd_counted
)"""


FORMULATIONS = {"joined": joined, "windowed": windowed, "two_tracks": two_tracks}


def month(at):
    return f"strftime(make_date(((({at}) + {8 * HOUR}) // {DAY})::INTEGER), '%Y-%m')"


def cells(as_of):
    """From a row a waybill to the cells: one row a metric, month and group."""
    at = "epoch_ms"
    before = lambda instant: f"CASE WHEN epoch_ms({instant}) <= {as_of} THEN epoch_ms({instant}) END"
    customers = lambda party: f"({party} IS NULL OR {party} IN ('sender', 'recipient'))"
    in_transit = lambda exit: f"({exit} IS NOT NULL AND (done_at IS NULL OR {exit} < done_at))"

    def stage(name, start, end):
        return f"""SELECT 'stage_{name}', m_done, region, product, count(*), sum({end} - {start}), NULL, NULL, NULL FROM facts
          WHERE done IS NOT NULL AND {end} >= {start} GROUP BY ALL"""

    def share(name, day, hit, where):
        return f"""SELECT '{name}', {day}, region, product, count(*) FILTER ({hit}), count(*) FILTER (NOT ({hit})), NULL, NULL, NULL
          FROM facts WHERE {where} GROUP BY ALL"""

    return f"""
ways AS (
  SELECT number AS waybill, destination_region AS region, product, coalesce(flow, 'forward') AS flow,
    epoch_ms(promise_at) AS promise_at, promise_on
  FROM waybills WHERE {known("recorded_at", as_of)}
),
asked AS (
  SELECT waybill, arg_max({{'by': epoch_ms(to_at), 'day': to_on}}, moved_at) AS ask FROM promise_moves
  WHERE "by" = 'customer' AND {known("moved_at", as_of)} GROUP BY waybill
),
case_rows AS (
  SELECT waybill, class, cause, epoch_ms(opened_at) AS opened, {before("responded_at")} AS responded, {before("resolved_at")} AS resolved,
    CASE WHEN resolved_at IS NULL OR epoch_ms(resolved_at) <= {as_of} THEN upheld END AS upheld
  FROM complaints WHERE {known("recorded_at", as_of)}
),
claim_rows AS (
  SELECT id, waybill, loss_kind, epoch_ms(filed_at) AS filed,
    CASE WHEN decided_at IS NULL OR epoch_ms(decided_at) <= {as_of} THEN decision = 'approved' END AS approved
  FROM claims WHERE {known("recorded_at", as_of)}
),
harms AS (
  SELECT waybill, bool_or(found) AS found, count(*) > count(found) AS waits FROM (
    SELECT waybill, upheld AS found FROM case_rows WHERE class <> 'inquiry' AND cause = 'damage'
    UNION ALL SELECT waybill, approved FROM claim_rows WHERE loss_kind IN ('total_damage', 'partial_damage')
  ) GROUP BY waybill
),
damages AS (SELECT DISTINCT waybill FROM scan_rows WHERE kind = 'damaged'),
accepted AS (
  SELECT trips.* REPLACE (done % {SOUND} AS done), ways.* EXCLUDE (waybill, promise_at, promise_on), done >= {SOUND} AS done_bad,
    done % {SOUND} // 2 AS done_at, put % {SOUND} // 2 AS put_at, coalesce(collected_at, handled_at) AS accepted_at,
    CASE WHEN done < {SOUND} THEN done // 2 END AS s_done, least(attempt, refused) AS tried_at,
    CASE WHEN ask IS NULL THEN promise_at ELSE ask.by END AS promise_at, CASE WHEN ask IS NULL THEN promise_on ELSE ask.day END AS promise_on,
    damages.waybill IS NOT NULL OR coalesce(harms.found, false) AS damaged, coalesce(harms.waits, false) AS damage_waits
  FROM trips JOIN ways USING (waybill) LEFT JOIN asked USING (waybill) LEFT JOIN harms USING (waybill) LEFT JOIN damages USING (waybill)
  WHERE flow = 'forward' AND coalesce(collected_at, handled_at) IS NOT NULL
    AND (cancelled IS NULL OR coalesce(collected_at, handled_at) <= cancelled)
),
facts AS (
  SELECT *, {month("accepted_at")} AS m_accepted, {month("done_at")} AS m_done,
    CASE WHEN promise_on IS NOT NULL THEN strftime(promise_on, '%Y-%m') ELSE {month("promise_at")} END AS m_due,
    coalesce(promise_at, (promise_on - DATE '1970-01-01' + 1) * {DAY}::BIGINT - {8 * HOUR}) AS line, promise_at IS NOT NULL AS inclusive,
    coalesce(done_at, accepted_at + {44 * DAY}) + {DAY} AS scans_due,
    CASE WHEN {in_transit("returned")}
      THEN CASE WHEN returned_party IS NOT NULL THEN returned_party IN ('sender', 'recipient')
        ELSE refused IS NOT NULL OR coalesce(attempt_party = 'recipient', false) END
      ELSE ({in_transit("refused")} AND {customers("refused_party")}) OR ({in_transit("redirected")} AND {customers("redirected_party")})
        OR ({in_transit("cancelled")} AND {customers("cancelled_party")}) END AS left_by_customer,
    least(done_at, put_at, tried_at) AS first_at
  FROM accepted
),
outcomes AS (
  {share("shipments", "m_accepted", "true", "true")}
  UNION ALL {share("delivered", "m_done", "true", "done IS NOT NULL")}
  UNION ALL {share("on_time", "m_due", "coalesce(done_at < line OR (inclusive AND done_at = line), false)",
    f'''line + {DAY} <= {as_of} AND (coalesce(done_at < line OR (inclusive AND done_at = line), false)
      OR NOT (left_by_customer AND coalesce(tried_at < line OR (inclusive AND tried_at = line), false)))''')}
  UNION ALL {share("within_72h", "m_accepted", f"coalesce(done_at - collected_at <= {72 * HOUR}, false)",
    f'''collected_at + {96 * HOUR} <= {as_of} AND NOT collected_bad AND NOT coalesce(done_bad OR done_at < collected_at, false)
      AND (coalesce(done_at - collected_at <= {72 * HOUR}, false)
        OR NOT (left_by_customer AND coalesce(tried_at <= collected_at + {72 * HOUR}, false)))''')}
  UNION ALL
  SELECT 'end_to_end', m_done, region, product, count(*), sum(done_at - collected_at), quantile_cont(done_at - collected_at, 0.5),
    quantile_cont(done_at - collected_at, 0.9), quantile_cont(done_at - collected_at, 0.99)
  FROM facts WHERE done IS NOT NULL AND NOT done_bad AND NOT collected_bad AND done_at >= collected_at GROUP BY ALL
  UNION ALL {stage("origin_processing", "s_collected", "s_left")}
  UNION ALL {stage("transport", "s_left", "s_reached")}
  UNION ALL {stage("destination_processing", "s_reached", "s_out")}
  UNION ALL {stage("last_mile", "s_out", "s_done")}
  UNION ALL {share("first_attempt", "m_accepted", "coalesce(done_at = first_at AND tried_at IS DISTINCT FROM first_at, false)",
    f'''first_at + {DAY} <= {as_of}
      AND NOT (tried_at IS NOT DISTINCT FROM first_at AND coalesce(refused - first_at < {30 * 60_000}, false))''')}
  UNION ALL {share("loss", "m_accepted",
    f"lost OR (done IS NULL AND returned IS NULL AND last % 32 NOT IN ({KINDS.index('refused')}, {KINDS.index('cancelled')}))",
    f'''accepted_at + {45 * DAY} <= {as_of} AND (lost OR done IS NOT NULL OR returned IS NOT NULL
      OR last % 32 IN ({KINDS.index('refused')}, {KINDS.index('cancelled')})
      OR (last % 32 NOT IN ({KINDS.index('stored')}, {KINDS.index('held')}) AND last // 32 + {30 * DAY} <= {as_of}))''')}
  UNION ALL {share("damage", "m_accepted", "damaged", f"accepted_at + {45 * DAY} <= {as_of} AND (damaged OR NOT damage_waits)")}
  UNION ALL {share("complete", "m_accepted", "has_nodes AND (done IS NOT NULL OR has_delivered)", f"scans_due <= {as_of}")}
  UNION ALL {share("in_order", "m_accepted", "in_order AND NOT is_odd", f"scans_due <= {as_of}")}
  UNION ALL
  SELECT 'fresh', {month("o")} AS m, region, product, count(*) FILTER (r - o <= {HOUR}), count(*) FILTER (r - o > {HOUR}), NULL, NULL, NULL
  FROM counted JOIN ways USING (waybill) WHERE flow = 'forward' AND o + {25 * HOUR} <= {as_of} GROUP BY ALL
  UNION ALL
  SELECT 'complaints', {month("opened")} AS m, region, product, count(*), NULL, NULL, NULL, NULL
  FROM case_rows JOIN ways USING (waybill) WHERE class = 'complaint' GROUP BY ALL
  UNION ALL
  SELECT 'answered', {month("opened")} AS m, region, product,
    count(*) FILTER (coalesce(least(responded, resolved) <= opened + {DAY}, false)),
    count(*) FILTER (NOT coalesce(least(responded, resolved) <= opened + {DAY}, false)), NULL, NULL, NULL
  FROM case_rows JOIN ways USING (waybill) WHERE class <> 'appeal' AND opened + {2 * DAY} <= {as_of} GROUP BY ALL
  UNION ALL
  SELECT 'rating', {month("epoch_ms(rated_at)")} AS m, region, product, sum((score - scale_min) / (scale_max - scale_min)), count(*),
    NULL, NULL, NULL
  FROM ratings JOIN ways USING (waybill) WHERE {known("recorded_at", as_of)} AND question = 'csat' AND NOT system_default GROUP BY ALL
  UNION ALL
  SELECT 'nps', {month("epoch_ms(rated_at)")} AS m, region, product, count(*) FILTER (score >= 9), count(*) FILTER (score <= 6),
    count(*), NULL, NULL
  FROM ratings JOIN ways USING (waybill) WHERE {known("recorded_at", as_of)} AND question = 'nps' AND NOT system_default GROUP BY ALL
  UNION ALL
  SELECT 'claims', {month("filed")} AS m, region, product, count(*), NULL, NULL, NULL, NULL
  FROM claim_rows JOIN ways USING (waybill) GROUP BY ALL
  UNION ALL
  SELECT 'paid', {month("epoch_ms(paid_at)")} AS m, region, product, sum(amount * 100)::BIGINT, NULL, NULL, NULL, NULL
  FROM payments JOIN claim_rows ON claim = id JOIN ways USING (waybill) WHERE {known("paid_at", as_of)} GROUP BY ALL
)
SELECT * FROM outcomes"""


def query(formulation, as_of):
    return f"WITH {FORMULATIONS[formulation](as_of)},{cells(as_of)}"


def run(folder, formulation, as_of, threads, in_memory):
    """A measured run: gives what starts the clock and what is timed."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads}; SET TimeZone = 'UTC'")
    connection.execute(f"CREATE TYPE node AS ENUM ({', '.join(repr(kind) for kind in KINDS)})")
    for table in TABLES:
        kind = "TABLE" if in_memory else "VIEW"
        connection.execute(f"CREATE {kind} {table} AS SELECT * FROM read_parquet('{folder}/{table}.parquet')")
    text = query(formulation, as_of)
    return lambda: connection.execute(text).fetchall()
