"""The checks of the benchmark in SQL: `prepare FOLDER THREADS` turns claims.csv into Parquet, `check FOLDER THREADS`
prints the number of contradictions and the seconds from opening the database to the last row.

The values are parsed beforehand: the table holds the interval of each claim in base units, as floats. Needs the
package `duckdb` from PyPI.
"""

import sys
import time

import duckdb

# intervals are floats here, so that ends which touch need some room
ROOM = "1e-9"

CHECKS = [
    # trade is exports and imports; either is at most trade
    f"""
    select max(id) from claims
    where measure in ('trade.goods', 'trade.goods.exports', 'trade.goods.imports')
    group by subject, partner, product, period, currency
    having count(distinct measure) = 3
       and (sum(low) filter (measure <> 'trade.goods') > max(high) filter (measure = 'trade.goods') * (1 + {ROOM})
         or sum(high) filter (measure <> 'trade.goods') < min(low) filter (measure = 'trade.goods') * (1 - {ROOM})
         or max(low) filter (measure <> 'trade.goods') > max(high) filter (measure = 'trade.goods') * (1 + {ROOM}))
    """,
    # shares that the text lists make 100 %
    f"""
    select check_id from claims where role = 'shares' group by check_id
    having sum(low) > 1 + {ROOM} or sum(high) < 1 - {ROOM}
    """,
    # the peoples of a place make at most 100 %
    f"""
    select max(id) from claims where measure = 'population.share' and ethnicity is not null
    group by subject, region, period having sum(low) > 1 + {ROOM}
    """,
    # parts that the text lists make the whole
    f"""
    select check_id from claims where role in ('whole', 'parts') group by check_id
    having sum(low) filter (role = 'parts') > max(high) filter (role = 'whole') * (1 + {ROOM})
        or sum(high) filter (role = 'parts') < min(low) filter (role = 'whole') * (1 - {ROOM})
    """,
    # a part is at most the whole
    f"""
    select max(id) from claims where measure = 'gdp' group by subject, region, period, currency
    having max(low) filter (sector is not null) > max(high) filter (sector is null) * (1 + {ROOM})
    """,
    # a border is as long from either side
    f"""
    select max(id) from claims where measure = 'border.length'
    group by least(subject, neighbour), greatest(subject, neighbour)
    having max(low) > min(high) * (1 + {ROOM})
    """,
    # growth is the new value over the old one, less one
    f"""
    select growth.id from claims growth
    join claims new on new.measure = 'production' and new.subject = growth.subject
     and new.product = growth.product and new.period = growth.period
    join claims old on old.measure = 'production' and old.subject = growth.subject
     and old.product = growth.product and old.period = growth.since
    where growth.measure = 'production.growth'
      and (growth.low > new.high / old.low - 1 + {ROOM} or growth.high < new.low / old.high - 1 - {ROOM})
    """,
    # claims of one fact share a value, and those of one precision are the same figure
    f"""
    select max(id) from claims
    group by measure, subject, partner, neighbour, ethnicity, sector, product, region, period, since, currency
    having count(*) > 1 and max(low) > min(high) * (1 + {ROOM})
    """,
    """
    select max(id) from claims
    group by measure, subject, partner, neighbour, ethnicity, sector, product, region, period, since, currency,
             precision
    having count(distinct nominal) > 1
    """,
]


def main(what: str, folder: str, threads: str) -> None:
    start = time.perf_counter()
    database = duckdb.connect()
    database.execute(f"set threads = {int(threads)}")
    parquet = f"{folder}/claims.parquet"
    if what == "prepare":
        database.execute(f"copy (from read_csv('{folder}/claims.csv', all_varchar = false)) to '{parquet}'")
        return
    database.execute(f"create view claims as from read_parquet('{parquet}')")
    found = {row[0] for check in CHECKS for row in database.execute(check).fetchall()}
    print(len(found), time.perf_counter() - start)


main(*sys.argv[1:])
