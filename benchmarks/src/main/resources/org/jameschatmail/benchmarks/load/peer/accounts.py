"""Accounts of the reference: made by their first login, as on the relays of the running network.

python3 accounts.py FOLDER: answers Dovecot's dictionary requests (passdb, userdb, and the time of the last login) on
FOLDER/accounts. An account is a folder FOLDER/ADDRESS with a file that holds the SHA-512 crypt hash of its password.

The protocol: https://doc.dovecot.org/2.3/developer_manual/design/dict_protocol/
"""
import base64
import ctypes
import ctypes.util
import fcntl
import json
import os
import re
import socketserver
import sys

LIBCRYPT = ctypes.CDLL(ctypes.util.find_library("crypt"))
LIBCRYPT.crypt_r.restype = ctypes.c_char_p
CRYPT_DATA_OCTETS = 32768
ESCAPED = re.compile(r"\\(.)")
ADDRESS = re.compile(r"[a-z0-9._-]+@[a-z0-9.-]+")


def hashed(password):
    salt = base64.b64encode(os.urandom(12), b"./").decode()
    data = ctypes.create_string_buffer(CRYPT_DATA_OCTETS)
    return "{SHA512-CRYPT}" + LIBCRYPT.crypt_r(password.encode(), f"$6${salt}$".encode(), data).decode()


class Accounts:
    def __init__(self, folder):
        self.folder = folder

    def find(self, address):
        home = os.path.join(self.folder, address)
        try:
            with open(os.path.join(home, "password"), encoding="ascii") as file:
                return {"home": home, "uid": os.getuid(), "gid": os.getgid(), "password": file.read()}
        except FileNotFoundError:
            return None

    def find_or_make(self, address, password):
        account = self.find(address)
        if account or not ADDRESS.fullmatch(address):
            return account
        home = os.path.join(self.folder, address)
        os.makedirs(home, exist_ok=True)
        with open(os.path.join(home, "lock"), "w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            account = self.find(address)
            if account:
                return account
            unfinished = os.path.join(home, "password.next")
            with open(unfinished, "w", encoding="ascii") as file:
                file.write(hashed(password))
            os.rename(unfinished, os.path.join(home, "password"))
        return self.find(address)

    def logged_in(self, address, seconds):
        day = seconds // 86400 * 86400
        password = os.path.join(self.folder, address, "password")
        if int(os.stat(password).st_mtime) != day:
            os.utime(password, (day, day))


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            answer = self.answer(line.decode().rstrip("\n"))
            if answer is not None:
                self.wfile.write((answer + "\n").encode())

    def answer(self, line):
        parts = line[1:].split("\t")
        if line[0] == "L":
            account = self.look_up(parts[0])
            return "O" + json.dumps(account) if account else "N"
        if line[0] == "S":
            key = parts[1].split("/")
            self.server.accounts.logged_in(key[-1], int(parts[2]))
        return "O" if line[0] == "C" else None

    def look_up(self, key):
        _, kind, arguments = key.split("/", 2)
        if kind == "userdb":
            return self.server.accounts.find(ESCAPED.sub(r"\1", arguments))
        password, address = re.split(r'(?<!\\)"', arguments, maxsplit=1)
        return self.server.accounts.find_or_make(ESCAPED.sub(r"\1", address), ESCAPED.sub(r"\1", password))


class Server(socketserver.ThreadingUnixStreamServer):
    request_queue_size = 1000
    daemon_threads = True


def main():
    folder = sys.argv[1]
    path = os.path.join(folder, "accounts")
    with Server(path, Conversation) as server:
        os.chmod(path, 0o666)
        server.accounts = Accounts(folder)
        server.serve_forever()


if __name__ == "__main__":
    main()
