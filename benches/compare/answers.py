"""The library's result document and the peers' rows, brought to one form and compared cell by cell."""

import json
import math

# What the peers' queries are written for. The library prints it beside every figure: where it prints something else, the
# figures cannot be compared.
POLICIES = {
    "anomalies": "exclude",
    "basis": "period",
    "calendar": "china",  # not read under `clock=elapsed`
    "clock": "elapsed",
    "comparison": "at_or_before",
    "denominator": "matured",
    "exact_up_to": 1024,
    "force_majeure": "raw",
    "from": "collected",
    "grace_minutes": 0,
    "maturity": "matured",
    "per": "rating",
    "promise": "original",
    "promise_end": "day_end",
    "scale_from": "min",
    "scale_mapping": "none",
    "settle_hours": 24,
    "silent_after_days": 30,
    "storage_completes": "consented",
    "trips": "all",
    "unit": "piece",
}
OF_KPI = {
    "compensation_per_10k": {"horizon_days": 90},  # not read under `basis=period`
    "damage_rate": {"cohort": "accepted", "horizon_days": 45},
    "end_to_end_hours": {"cohort": "completed"},
    "first_attempt_delivery_rate": {"cohort": "accepted"},
    "loss_rate": {"cohort": "accepted", "horizon_days": 45},
    "on_time_delivery_rate": {"cohort": "due"},
    "response_within_rate": {"limit_hours": 24},
    "stage_hours": {"cohort": "completed", "fork": "each_longest"},
    "tracking_accuracy_rate": {"cohort": "accepted", "horizon_days": 45},
    "tracking_completeness_rate": {"cohort": "accepted", "horizon_days": 45},
    "tracking_freshness_rate": {"limit_hours": 1},
    "within_hours_rate": {"cohort": "accepted", "hours": 72},
}
ARGUMENTS = {"of", "stage"}  # these tell figures of one name apart
# Buckets of the quantile states: a figure over more distinct numbers than `exact_up_to` may be off by this share.
QUANTILE_ERROR = 0.004


def per_hour(number):
    return None if number is None else number / 3_600_000


def shares(row):
    return [row["hit"], row["miss"]]


def distribution(row):
    return [row["count"], row["mean"], row["p50"], row["p90"], row["p99"]]


# From a KPI to the metrics of the peers, each with its numbers.
READERS = {
    "shipment_volume(accepted)": lambda row: {"shipments": [row["count"]]},
    "shipment_volume(completed)": lambda row: {"delivered": [row["count"]]},
    "on_time_delivery_rate": lambda row: {"on_time": shares(row)},
    "within_hours_rate": lambda row: {"within_72h": shares(row)},
    "end_to_end_hours": lambda row: {"end_to_end": distribution(row)},
    "stage_hours": lambda row: {"stage_" + row["params"]["stage"]: distribution(row)[:2]},
    "first_attempt_delivery_rate": lambda row: {"first_attempt": shares(row)},
    "loss_rate": lambda row: {"loss": shares(row)},
    "damage_rate": lambda row: {"damage": shares(row)},
    "tracking_completeness_rate": lambda row: {"complete": shares(row)},
    "tracking_accuracy_rate": lambda row: {"in_order": shares(row)},
    "tracking_freshness_rate": lambda row: {"fresh": shares(row)},
    "complaint_rate": lambda row: {"complaints": [row["events"]], "shipments": [row["exposure"]]},
    "response_within_rate": lambda row: {"answered": shares(row)},
    "satisfaction_score": lambda row: {"rating": [row["value"]]},
    "nps": lambda row: {"nps": [row["promoters"], row["detractors"], row["promoters"] + row["passives"] + row["detractors"]]},
    "claim_rate": lambda row: {"claims": [row["events"]], "shipments": [row["exposure"]]},
    "compensation_per_10k": lambda row: {"paid": [int(row["numerator"])], "shipments": [int(row["denominator"])]},
}


def reader_of(row):
    name = row["kpi"]
    return READERS.get(name) or READERS[f"{name}({row['params']['of']})"]


def is_nothing(numbers):
    return all(number is None or number == 0 for number in numbers)


def check_policies(row):
    expected = {**POLICIES, **OF_KPI.get(row["kpi"], {})}
    for name, value in row["params"].items():
        if name not in ARGUMENTS and expected.get(name) != value:
            raise SystemExit(f"{row['kpi']}: the queries are not written for {name}={value}")


def ours(path):
    """{(metric, month, region, product): numbers} of the result document; cells of nothing are left out."""
    with open(path) as file:
        document = json.load(file)
    cells = {}
    for row in document["rows"]:
        check_policies(row)
        if row["window"] == "undated":
            continue
        group = (row["window"], row["group"]["destination_region"], row["group"]["product"])
        for metric, numbers in reader_of(row)(row).items():
            if not is_nothing(numbers) and cells.setdefault((metric, *group), numbers) != numbers:
                raise SystemExit(f"the library says two things of {metric} {group}")
    return cells


def theirs(path):
    """The same of a peer's rows."""
    with open(path) as file:
        rows = json.load(file)
    cells = {}
    for metric, month, region, product, *numbers in rows:
        if metric == "end_to_end":
            numbers = [numbers[0], per_hour(numbers[1] / numbers[0]), *map(per_hour, numbers[2:])]
        elif metric.startswith("stage_"):
            numbers = [numbers[0], per_hour(numbers[1] / numbers[0])]
        elif metric == "rating":
            numbers = [100 * numbers[0] / numbers[1]]
        elif metric in ("shipments", "delivered", "complaints", "claims", "paid"):
            numbers = numbers[:1]
        elif metric == "nps":
            numbers = numbers[:3]
        else:
            numbers = numbers[:2]
        if not is_nothing(numbers):
            cells[metric, month, region, product] = numbers
    return cells


def agree(metric, mine, other):
    if len(mine) != len(other):
        return False
    for place, (a, b) in enumerate(zip(mine, other)):
        error = QUANTILE_ERROR if metric == "end_to_end" and place >= 2 and mine[0] > 1024 else 1e-9
        if a != b and not math.isclose(a, b, rel_tol=error):
            return False
    return True


def disagreements(mine, other):
    """Cells that differ, one line each."""
    lines = []
    for key in sorted(mine.keys() | other.keys(), key=str):
        if key not in mine or key not in other or not agree(key[0], mine[key], other[key]):
            lines.append(f"{' '.join(map(str, key))}: {mine.get(key)} here, {other.get(key)} there")
    return lines
