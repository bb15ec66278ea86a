"""A second reader for `topologies/minimal`: plain YAML to the canonical data plane.

It is written from docs/topology-file.md, docs/semantics.md and docs/dataplane.md, shares no code
with the first, and knows no more than this design uses: one switch whose ports links imply, one
firewall with strict reverse-path checks, static routes, a rule list, hosts that do not forward,
and one open external network that declares no prefixes. Anything else is a KeyError.
"""

import json
from ipaddress import ip_address, ip_network
from typing import Any

import yaml

from tests.dataplane.plain_addresses import EVERY, V6, Addresses, minus, spread, texts, union

ZONES = {
    "マイナンバー利用事務系": "mynumber",
    "LGWAN接続系": "lgwan",
    "インターネット接続系": "internet",
}
PROTOCOLS = {"tcp": 6, "udp": 17}


def lower(text: str, closure: str) -> dict[str, Any]:
    """Return the canonical form of a design; nothing in it is undeclared, so closures agree."""
    return _Design(yaml.load(text, Loader=yaml.BaseLoader)).form(closure)


def listed(value: Any) -> list[Any]:
    """Return what is written alone or as a list as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def ordered(items: Any) -> list[Any]:
    """Return values in the order of their canonical text."""
    return sorted(items, key=lambda item: json.dumps(item, sort_keys=True, ensure_ascii=False))


class _Design:
    def __init__(self, root: dict[str, Any]) -> None:
        self.segments = root["segments"]
        self.cards = {
            name: host.get("interfaces", {"eth0": host}) for name, host in root["hosts"].items()
        }
        self.externals = root["externals"]
        self.firewalls = {n: d for n, d in root["devices"].items() if d["kind"] == "firewall"}
        self.switched = {v for link in root["links"] for v in link["vlans"]}
        assert all(d["kind"] in ("firewall", "l2-switch") for d in root["devices"].values())
        self.prefixes = {n: listed(s.get("prefix")) for n, s in self.segments.items()}
        self.space = {n: union(*map(spread, p)) for n, p in self.prefixes.items()}
        carriers = [card for cards in self.cards.values() for card in cards.values()]
        carriers += [e for x in self.externals.values() for e in x["edges"].values()]
        carriers += [i for f in self.firewalls.values() for i in f["interfaces"].values()]
        self.claimed = union(*(spread(ip) for c in carriers for ip in listed(c.get("ip"))))

    def free(self, segment: str) -> Addresses:
        return minus(self.space[segment], self.claimed)

    def guarded(self, segment: str) -> bool:
        both = ("ip_source_guard", "port_security")
        return all(self.segments[segment].get(key, "false") == "true" for key in both)

    def host_owns(self, host: str) -> Addresses:
        found: list[Addresses] = []
        for card in self.cards[host].values():
            own = [spread(ip) for ip in listed(card.get("ip"))]
            families = {pair[0] >= V6 for each in own for pair in each}
            rest = [p for p in self.free(card["segment"]) if (p[0] >= V6) not in families]
            found += [*own, rest]
        return union(*found)

    def form(self, closure: str) -> dict[str, Any]:
        points: dict[str, Any] = {}
        origins: dict[str, Any] = {}
        places_of: dict[str, set[str]] = {}

        def add(
            name: str, kind: str, segment: str, owns: Addresses, tag: str | None = None
        ) -> dict[str, Any]:
            zone = ZONES[self.segments[segment]["zone"]]
            points[name] = {"kind": kind, "zone": zone, "owns": texts(owns)}
            origins[name] = {"may_send": [{}], "honest": texts(owns)}
            vlan = self.segments[segment].get("vlan")
            home = vlan if vlan in self.switched else segment
            if tag in (None, home):
                places_of.setdefault(home, set()).add(name)
            found: dict[str, Any] = origins[name]
            return found

        for segment in self.segments:
            shut = self.guarded(segment)
            origin = add(f"{segment}/*", "access", segment, [] if shut else self.free(segment))
            points[f"{segment}/*"]["answers"] = not shut
            origin["honest"] = texts(self.free(segment))
            if shut:
                origin["may_send"] = []
        for host, cards in self.cards.items():
            for name, card in cards.items():
                origin = add(f"{host}/{name}", "host", card["segment"], self.host_owns(host))
                if self.guarded(card["segment"]):
                    bound = union(*map(spread, listed(card.get("ip"))))
                    bound = bound or self.free(card["segment"])
                    origin["may_send"] = [{"src": texts(bound)}]
        for name, device in self.firewalls.items():
            own = self.device_owns(device)
            for interface, face in device["interfaces"].items():
                segment, tag = face["segment"], face.get("tag")
                assert tag in (None, self.segments[segment].get("vlan"))
                add(f"{name}/{interface}", "stack", segment, own, tag)["may_send"] = []
        for name, external in self.externals.items():
            assert external["openness"] == "open"
            for edge, face in external["edges"].items():
                own = union(*map(spread, listed(face["ip"])))
                origin = add(f"{name}/{edge}", "edge", face["segment"], own)
                points[f"{name}/{edge}"]["zone"] = f"ext:{name}"
                elsewhere = minus(minus(EVERY, union(*self.space.values())), self.claimed)
                origin["honest"] = texts(union(own, self.free(face["segment"]), elsewhere))
        return {
            "format": "zonecheck.dataplane/3",
            "closure": closure,
            "state": "",
            "claimed": texts(self.claimed),
            "domains": ordered(sorted(members) for members in places_of.values()),
            "points": points,
            "origins": origins,
            "nodes": {n: self.node(d, points) for n, d in self.firewalls.items()},
        }

    def device_owns(self, device: dict[str, Any]) -> Addresses:
        faces = device["interfaces"].values()
        return union(*(spread(ip) for face in faces for ip in listed(face.get("ip"))))

    def node(self, device: dict[str, Any], points: dict[str, Any]) -> dict[str, Any]:
        faces = device["interfaces"]
        assert device["management"] == "none"
        assert all(face["reverse_path"] == "strict" for face in faces.values())
        table: dict[str, Any] = {}
        hops: dict[tuple[str, str], Any] = {}
        links = {i: self.links_of(face) for i, face in faces.items()}
        for route in device["routes"]:
            for hop in listed(route["via"]):
                out = next(i for i, nets in links.items() for n in nets if ip_address(hop) in n)
                way = {"interface": out, "next_hop": ip_address(hop).exploded}
                table.setdefault(self.prefix(ip_network(route["to"])), []).append(way)
                owners = sorted(p for p in points if self.takes(p, hop, faces[out]["segment"]))
                hops[out, hop] = {
                    "interface": out,
                    "address": ip_address(hop).exploded,
                    "owners": owners,
                }
        table |= {self.prefix(n): [{"interface": i}] for i, nets in links.items() for n in nets}
        table = {prefix: ordered(ways) for prefix, ways in table.items()}
        own = texts(self.device_owns(device))
        return {
            "forwards": True,
            "filters": {},
            "policy": {
                "rules": [self.rule(rule) for rule in device["rules"]],
                "default": device["default"],
                "stateful": True,
            },
            "tables": {"default": table},
            "next_hops": ordered(hops.values()),
            "places": {
                i: {
                    "vrf": "default",
                    "accepts": self.routed_by(table, i),
                    "keeps": own,
                    "admits": [],
                }
                for i in faces
            },
        }

    def links_of(self, face: dict[str, Any]) -> list[Any]:
        nets = [ip_network(text) for text in self.prefixes[face["segment"]]]
        return [n for n in nets if any(ip_address(ip) in n for ip in listed(face.get("ip")))]

    def prefix(self, net: Any) -> str:
        return f"{net.network_address.exploded}/{net.prefixlen}"

    def takes(self, point: str, hop: str, segment: str) -> bool:
        node, _, port = point.partition("/")
        if port == "*":
            answers = node == segment and not self.guarded(node)
            return answers and minus(spread(hop), self.free(node)) == []
        if node in self.cards:  # none of them forwards
            return False
        edges = self.externals[node]["edges"] if node in self.externals else {}
        face = edges.get(port) or self.firewalls[node]["interfaces"][port]
        return face["segment"] == segment and hop in listed(face.get("ip"))

    def routed_by(self, table: dict[str, Any], interface: str) -> list[list[str]]:
        """Return the addresses whose longest prefix leaves by an interface."""
        taken: Addresses = []
        found: Addresses = []
        for prefix in sorted(table, key=lambda text: -ip_network(text).prefixlen):
            if any(way["interface"] == interface for way in table[prefix]):
                found = union(found, minus(spread(prefix), taken))
            taken = union(taken, spread(prefix))
        return texts(found)

    def rule(self, rule: dict[str, Any]) -> dict[str, Any]:
        ends = {"src": self.named(rule.get("from")), "dst": self.named(rule.get("to"))}
        match: dict[str, Any] = {key: texts(e) for key, e in ends.items() if e is not None}
        match["services"] = ordered(map(self.service, listed(rule["service"])))
        form = {"action": rule["action"], "match": match}
        return form | {key: sorted(listed(rule[key])) for key in ("in", "out") if key in rule}

    def named(self, term: Any) -> Addresses | None:
        if isinstance(term, dict):
            out = union(*map(spread, term["not"]))
            families = {pair[0] >= V6 for pair in out}
            return minus([pair for pair in EVERY if (pair[0] >= V6) in families], out)
        if term is None or term in self.externals:  # one without prefixes: any address
            return None
        if term in self.segments:
            return self.space[term]
        if term in self.cards:
            cards = self.cards[term].values()
            own = [[spread(ip) for ip in listed(card.get("ip"))] for card in cards]
            return union(*(pair for each in own for pair in each))
        return spread(term)

    def service(self, text: str) -> dict[str, Any]:
        protocol, _, ports = text.partition("/")
        low, _, high = ports.partition("-")
        number = PROTOCOLS[protocol]
        return {"protocols": [[number, number]], "dst_ports": [[int(low), int(high or low)]]}
