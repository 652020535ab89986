#!/usr/bin/env python3
"""An agent that is a worker on a topic: reserves items of a stock. Usage: agent.py [KAFKA [DATABASE]]

Start several: they share the partitions as one consumer group. An offset is committed after the reply, so that a request comes again
after a crash, and under the same Idempotency-Key after a timeout. What was answered is kept with what was done.
"""
import json, signal, sqlite3, sys
from datetime import datetime, timezone
from confluent_kafka import Consumer, KafkaException, Producer
from confluent_kafka.admin import AdminClient, NewTopic

KAFKA = {"bootstrap.servers": sys.argv[1] if len(sys.argv) > 1 else "localhost:9092"}
TOPIC = "agent-requests-stock"
database = sqlite3.connect(sys.argv[2] if len(sys.argv) > 2 else "stock.db", isolation_level=None)


def reserve(key, item, quantity):
    with database:
        database.execute("BEGIN IMMEDIATE")  # Of two at once the second waits, and finds the first one's answer.
        database.execute("CREATE TABLE IF NOT EXISTS reservations (key TEXT PRIMARY KEY, item TEXT, quantity INTEGER, answer TEXT)")
        known = database.execute("SELECT answer FROM reservations WHERE key = ?", [key]).fetchone()
        if known:
            return known[0]
        number = database.execute("SELECT COUNT(*) FROM reservations").fetchone()[0] + 1
        answer = json.dumps({"reservation": number, "item": item, "quantity": quantity})
        database.execute("INSERT INTO reservations VALUES (?, ?, ?, ?)", [key, item, quantity, answer])
        return answer


def handle(request, producer):
    headers = {name: (value or b"").decode(errors="replace") for name, value in request.headers() or []}
    if headers.get("Millrace-Deadline", "") < datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S"):
        return  # Nobody waits for it any longer, or it is no request.
    status, output = "200", "null"
    try:
        wanted = json.loads(request.value())
        if wanted["quantity"] > 100:
            status = "409"  # Wrong, and not tried again; "503" would be, after the seconds of a header Retry-After.
        else:
            output = reserve(headers["Idempotency-Key"], wanted["item"], wanted["quantity"])
    except (ValueError, KeyError, TypeError):
        status = "400"
    producer.produce(headers["Millrace-Reply-To"], output, request.key(), headers={
        "Millrace-Attempt-Id": headers["Millrace-Attempt-Id"], "Millrace-Status": status})
    if producer.flush(10) > 0:
        sys.exit("the reply could not be sent: the request comes again")


if __name__ == "__main__":
    for ending in signal.SIGINT, signal.SIGTERM:
        signal.signal(ending, lambda *_: sys.exit())
    admin, producer = AdminClient(KAFKA), Producer(KAFKA)
    consumer = Consumer({**KAFKA, "group.id": "stock", "auto.offset.reset": "earliest", "enable.auto.commit": False})
    try:
        admin.create_topics([NewTopic(TOPIC, 4, 1)])[TOPIC].result()
    except KafkaException as e:
        print(e)  # As a rule that it is there already.
    consumer.subscribe([TOPIC])
    try:
        while True:
            request = consumer.poll(0.5)
            if request and not request.error():
                handle(request, producer)
                consumer.commit(request)  # Where this fails, as when partitions are shared anew, the request comes again.
    finally:
        consumer.close()  # Its partitions are others' at once.
