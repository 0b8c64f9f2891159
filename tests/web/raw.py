"""Requests that no browser and no curl would send, for tests/cli/serve.sh.

    raw.py send PORT < request          the bytes as they are; prints the first line of the answer
    raw.py drip PORT TOKEN COUNT        COUNT sockets send a byte a second; prints how long normal
                                        requests took meanwhile, and the worst of them
    raw.py crowd PORT TOKEN COUNT PATH  COUNT readers at once, three requests each; prints how many
                                        answers were whole and the same
"""
import socket
import sys
import threading
import time
import urllib.request

HOST = "127.0.0.1"


def send(port):
    s = socket.create_connection((HOST, port), 5)
    s.settimeout(5)
    answer = b""
    try:
        s.sendall(sys.stdin.buffer.read())
        while b"\n" not in answer:
            piece = s.recv(4096)
            if not piece:
                break
            answer += piece
    except OSError:
        pass
    print(answer.split(b"\r\n")[0].decode("latin-1") or "closed")


def get(port, token, path):
    request = urllib.request.Request("http://%s:%d%s" % (HOST, port, path),
                                     headers={"Authorization": "Bearer " + token})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


def drip(port, token, count):
    sockets, worst, broken = [], 0.0, 0
    for _ in range(count):
        s = socket.create_connection((HOST, port), 5)
        s.sendall(b"GET / HTTP/1.1\r\n")
        sockets.append(s)
    for _ in range(4):
        for s in sockets:
            try:
                s.sendall(b"x")
            except OSError:
                pass
        begun = time.time()
        try:
            get(port, token, "/api/1/count?q=weir")
        except OSError:
            broken += 1
        worst = max(worst, time.time() - begun)
        time.sleep(1)
    print("broken %d worst %s" % (broken, "fast" if worst < 1 else "slow: %.3f s" % worst))


def crowd(port, token, count, path):
    answers, lock = [], threading.Lock()

    def read():
        for _ in range(3):
            try:
                body = get(port, token, path)
            except OSError as error:
                body = str(error).encode()
            with lock:
                answers.append(body)

    readers = [threading.Thread(target=read) for _ in range(count)]
    for r in readers:
        r.start()
    for r in readers:
        r.join()
    print("%d answers, %d kinds" % (len(answers), len(set(answers))))


verb, port = sys.argv[1], int(sys.argv[2])
if verb == "send":
    send(port)
elif verb == "drip":
    drip(port, sys.argv[3], int(sys.argv[4]))
else:
    crowd(port, sys.argv[3], int(sys.argv[4]), sys.argv[5])
