"""The default rules for the orders of olist_dev, written anew in SQL.

Usage: answers.py FOLDER. Prints one JSON object: name -> rows of (key, whole numbers).
"""

import json
import sys

import duckdb

folder = sys.argv[1]
sql = duckdb.connect()
sql.execute("set timezone = 'UTC'")
sql.execute(
    f"""
    create table orders as
    select order_id, customer_unique_id as customer, customer_state as state, order_status as status,
           cast(order_purchase_timestamp as timestamp) as ordered,
           try_cast(order_delivered_carrier_date as timestamp) as collected,
           try_cast(order_delivered_customer_date as timestamp) as delivered,
           cast(cast(order_estimated_delivery_date as timestamp) as date) as promised
    from read_csv('{folder}/orders.csv', all_varchar = true)
    join read_csv('{folder}/customers.csv', all_varchar = true) using (customer_id)
    """
)


def rows(query):
    return [list(row) for row in sql.execute(query).fetchall()]


answers = {
    # A promised day ends at the next midnight; whoever was handed over counts, delivered or not.
    "on_time": rows(
        """
        select strftime(promised, '%Y-%m') || ' ' || state,
               count(*) filter (collected is not null and delivered < promised + interval 1 day),
               count(*) filter (collected is not null and (delivered is null or delivered >= promised + interval 1 day)),
               count(*) filter (collected is null)
        from orders group by 1
        """
    ),
    # A delivery more than a day before its collection has a clock that cannot be right.
    "hours": rows(
        """
        select strftime(delivered, '%Y-%m') || ' ' || state, count(*),
               cast(sum(epoch(delivered) - epoch(collected)) as bigint),
               cast(max(epoch(delivered) - epoch(collected)) as bigint)
        from orders where delivered >= collected - interval 1 day and delivered is not null group by 1
        """
    ),
    "hours_from_order": rows(
        """
        select strftime(delivered, '%Y-%m') || ' ' || state, count(*),
               cast(sum(epoch(delivered) - epoch(ordered)) as bigint),
               cast(max(epoch(delivered) - epoch(ordered)) as bigint)
        from orders where delivered >= collected - interval 1 day and delivered is not null group by 1
        """
    ),
    # The latest order of each customer in each month, and whether any order of theirs came before it.
    "repeat": rows(
        """
        with numbered as (
            select *, row_number() over (partition by customer order by ordered, order_id) as place from orders
        ), latest as (
            select strftime(ordered, '%Y-%m') as month, customer, max(place) as place from numbered group by 1, 2
        )
        select month, count(*) filter (place > 1), count(*) from latest group by 1
        """
    ),
}
json.dump(answers, sys.stdout)
