"""Lets a test drive a client that is written in Python: a line of JSON comes in, a line of JSON goes out.

{"make": {...}}                  makes the client with these keyword arguments
{"call": "name", "args": [...]}  calls one of its methods; dots reach into attributes
{"get": "name"}                  reads one of its attributes
{"set": "name", "value": ...}    sets one

The answer is {"value": ...}, or {"error": "Type: message"} when the client raised.
"""

import json
import sys


def reach(client, path):
    """The object that holds the last name of a dotted path, and that name."""
    *holders, name = path.split(".")
    for holder in holders:
        client = getattr(client, holder)
    return client, name


def obey(client, order):
    if "call" in order:
        holder, name = reach(client, order["call"])
        return getattr(holder, name)(*order.get("args", []), **order.get("kwargs", {}))
    if "get" in order:
        holder, name = reach(client, order["get"])
        return getattr(holder, name)
    holder, name = reach(client, order["set"])
    return setattr(holder, name, order["value"])


def serve(make, own=None):
    """Answers until the input ends. `own` are further calls, by name, that are the peer's rather than the client's."""
    answers, sys.stdout = sys.stdout, sys.stderr  # what the client prints is no answer
    client = None
    for line in sys.stdin:
        order = json.loads(line)
        try:
            if "make" in order:
                client, value = make(**order["make"]), None
            elif order.get("call") in (own or {}):
                value = own[order["call"]](*order.get("args", []))
            else:
                value = obey(client, order)
            answer = {"value": value}
        except Exception as error:  # whatever it is, the test wants to know
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)
