"""Mapping and settings of an index: documents of ready-made keys.

The text field `t` holds each weighted key as often as it weighs, `k` those that carry no weight once, `f` facet values,
`s` values to order by, `m` the models an object belongs to, `r` the reading rules that it passes, `v` the vector of its
meaning. The server splits keys at spaces; it needs no plugin and no analysis.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from search.backends.database.statements import SATURATION
from search.meaning.encoder import DIMENSIONS

MAPPINGS: dict[str, Any] = {
    "dynamic": False,
    "_source": {"excludes": ["t", "k", "s", "v"]},
    "properties": {
        "t": {"type": "text", "analyzer": "whitespace", "index_options": "freqs"},
        "k": {"type": "text", "analyzer": "whitespace", "index_options": "docs", "norms": False},
        "pk": {"type": "keyword"},
        "h": {"type": "keyword", "index": False},
        "m": {"type": "keyword"},
        "r": {"type": "keyword"},
        "f": {"type": "object", "dynamic": True},
        "s": {"type": "object", "dynamic": True},
        "v": {
            "type": "dense_vector",
            "dims": DIMENSIONS,
            "index": True,
            "similarity": "dot_product",
            "index_options": {"type": "int8_hnsw"},
        },
    },
    "dynamic_templates": [{"keywords": {"match_mapping_type": "string", "mapping": {"type": "keyword"}}}],
    "date_detection": False,
}
SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    # As in the SQL engines: weights saturate late, and the length of a text damps little.
    "similarity": {"default": {"type": "BM25", "k1": SATURATION, "b": 0.25}},
    "mapping.total_fields.limit": 2000,
}


def version() -> str:
    """What an index made by this code is told by: any change above asks for a rebuild."""
    made = json.dumps([MAPPINGS, SETTINGS], sort_keys=True)
    return hashlib.sha256(made.encode()).hexdigest()[:16]


VERSION = version()
