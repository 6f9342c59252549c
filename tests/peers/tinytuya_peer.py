"""tinytuya's class Cloud. Its hosts are fixed: the transport below it sends what goes to them somewhere else."""

import json
import sys
from urllib.parse import urlsplit

import requests
import tinytuya

from peer import serve

# The address to go to in place of each host: {"openapi.tuyaus.com": "http://127.0.0.1:8787/us", ...}
BASES = json.loads(sys.argv[1])

sent = []


class Rerouted(requests.adapters.HTTPAdapter):
    """Changes the URL of a request that is made and signed, and nothing else of it."""

    def send(self, request, **options):
        sent.append({"url": request.url, "headers": sorted(name.lower() for name in request.headers)})
        address = urlsplit(request.url)
        path = request.url[len(f"{address.scheme}://{address.netloc}") :]
        request.url = BASES[address.hostname] + path
        return super().send(request, **options)


# Every session of requests mounts what stands under this name.
requests.sessions.HTTPAdapter = Rerouted

serve(tinytuya.Cloud, {"sent": lambda: sent})
