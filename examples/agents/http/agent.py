#!/usr/bin/env python3
"""An agent behind HTTP: books payments. Usage: agent.py [PORT [DATABASE]]

A call may come again, after a timeout or a crash, under the same Idempotency-Key. The answer is kept with what was done, in one
transaction: a payment is booked once, and each repetition gets the first answer.
"""
import http.server, json, sqlite3, sys, threading
from contextlib import closing

PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 8088
DATABASE = sys.argv[2] if len(sys.argv) > 2 else "payments.db"
AT_ONCE = threading.BoundedSemaphore(8)


def book(key, account, cents):
    with closing(sqlite3.connect(DATABASE, isolation_level=None)) as database, database:
        database.execute("BEGIN IMMEDIATE")  # Of two at once the second waits, and finds the first one's answer.
        database.execute("CREATE TABLE IF NOT EXISTS bookings (key TEXT PRIMARY KEY, account TEXT, cents INTEGER, answer TEXT)")
        known = database.execute("SELECT answer FROM bookings WHERE key = ?", [key]).fetchone()
        if known:
            return known[0]
        number = database.execute("SELECT COUNT(*) FROM bookings").fetchone()[0] + 1
        answer = json.dumps({"booking": number, "account": account, "cents": cents})
        database.execute("INSERT INTO bookings VALUES (?, ?, ?, ?)", [key, account, cents, answer])
        return answer


class Agent(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not AT_ONCE.acquire(blocking=False):
            return self.reply(503, '"busy"', {"Retry-After": "1"})  # Tried again, after a second.
        try:
            request = json.loads(body)
            if request["cents"] > 1_000_000:
                return self.reply(422, '"too much for one payment"')  # Wrong, and not tried again.
            self.reply(200, book(self.headers["Idempotency-Key"], request["account"], request["cents"]))
        except (ValueError, KeyError, TypeError):
            self.reply(400, '"account and cents, please"')
        finally:
            AT_ONCE.release()

    def reply(self, status, answer, headers={}):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.encode())


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("localhost", PORT), Agent).serve_forever()
