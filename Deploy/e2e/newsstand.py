# A feed on loopback that has one entry more each time somebody makes a file grow: /run/news, a line a title.
import email.utils
import html
import http.server
import time


class Feed(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        with open("/run/news") as news:
            titles = news.read().splitlines()
        date = email.utils.formatdate(time.time())
        items = "".join(
            f"<item><title>{html.escape(t)}</title><guid>n{i}</guid><link>http://news.example/{i}</link>"
            f"<pubDate>{date}</pubDate></item>" for i, t in enumerate(titles))
        body = f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        with open("/run/news.asked", "a") as asked:
            asked.write("asked\n")


http.server.HTTPServer(("127.0.0.1", 8000), Feed).serve_forever()
