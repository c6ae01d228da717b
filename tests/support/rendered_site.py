"""A site whose stories only its scripts show, with pages that try to reach more than they may."""

from __future__ import annotations

import json

from tests.support.publisher import Item, Publisher

SITE = "http://gazette.example"
TITLE = "Ferry leaves the harbour at dawn"
PROSE = [
    f"{line} on day {day}."
    for day in range(1, 4)
    for line in (
        "The ferry left the harbour at dawn with forty passengers and reached the island before noon, it said",
        "The harbour master had kept it waiting for two days because of the storm that the coast guard had warned of",
    )
]
SHOW = """
const show = story => {
  const lines = story.text.map(line => '<p>' + line + '</p>').join('');
  document.title = story.title + ' | Gazette';
  document.getElementById('app').innerHTML = '<article><h1>' + story.title + '</h1>' + lines + '</article>';
};
fetch('/api/story.json').then(answer => answer.json()).then(show);
"""


def shell(script: str = "") -> str:
    """A page that holds nothing but the scripts that would fill it."""
    return (
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>Gazette</title>"
        "<link rel=stylesheet href=/looks.css></head><body><div id=app></div>"
        "<img src=/pixel.gif><script src=//tracker.example/count.js></script>"
        f"<script>{script}</script><script src=/app.js></script></body></html>"
    )


def attempts(port: int, udp_port: int) -> str:
    """Scripts that try every way from a page to a server of this machine, and note that they did."""
    here = f"127.0.0.1:{port}"
    return f"""
const tries = [
  () => new WebSocket('ws://{here}/websocket'),
  () => fetch('http://{here}/fetch', {{mode: 'no-cors'}}).catch(() => 0),
  () => fetch('/api/away.json').catch(() => 0),
  () => navigator.sendBeacon('http://{here}/beacon', 'x'),
  () => new SharedWorker(URL.createObjectURL(new Blob(["fetch('http://{here}/shared', {{mode: 'no-cors'}})"]))),
  () => new Worker(URL.createObjectURL(new Blob(["fetch('http://{here}/worker', {{mode: 'no-cors'}})"]))),
  () => add('iframe', {{src: 'http://{here}/frame'}}),
  () => add('img', {{src: 'http://{here}/image'}}),
  () => add('link', {{rel: 'preconnect', href: 'http://{here}'}}),
  () => add('link', {{rel: 'prefetch', href: 'http://{here}/prefetch'}}),
  () => add('script', {{type: 'speculationrules', text: JSON.stringify({{prefetch: [{{urls: ['http://{here}/rule']}}]}})}}),
  () => {{
    const peer = new RTCPeerConnection({{iceServers: [{{urls: 'stun:127.0.0.1:{udp_port}'}},
      {{urls: 'turn:{here}?transport=tcp', username: 'a', credential: 'b'}}]}});
    peer.createDataChannel('x');
    peer.createOffer().then(offer => peer.setLocalDescription(offer));
  }},
];
const add = (name, fields) => document.head.append(Object.assign(document.createElement(name), fields));
let tried = 0;
for (const attempt of tries) try {{ attempt(); tried++; }} catch (error) {{ console.log(error); }}
document.body.dataset.tried = tried + ' of ' + tries.length;
"""


def publish(publisher: Publisher, *, page: str) -> Item:
    """The site with one story, through the publisher as its proxy; nothing is known of it but its feed."""
    item = Item(link=f"{SITE}/world/ferry-leaves-harbour-1", title=TITLE)
    publisher.page(f"{SITE}/robots.txt", "User-agent: *\nDisallow: /private\n", content_type="text/plain")
    publisher.feed(f"{SITE}/feed.xml", [item])
    publisher.page(item.link, page)
    publisher.page(f"{SITE}/app.js", SHOW, content_type="text/javascript")
    story = json.dumps({"title": TITLE, "text": PROSE})
    publisher.page(f"{SITE}/api/story.json", story, content_type="application/json")
    return item
