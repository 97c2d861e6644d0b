"""One process, measured; and one server, asked again and again."""
import dataclasses
import http.client
import os
import pathlib
import random
import re
import resource
import signal
import subprocess
import time

# How long a server may take to answer for the first time, and to show an edit, in seconds.
PATIENCE = 600
# How long to wait between two questions, in seconds.
PAUSE = 0.001


class Failure(Exception):
    """A program that did not do what it was asked."""


@dataclasses.dataclass
class Cost:
    """What a process cost: seconds on the wall, seconds of all processors, and the most memory at once, in bytes."""

    wall: float
    cpu: float
    peak: int
    is_ended: bool

    def to_record(self):
        return {"wall": self.wall, "cpu": self.cpu, "peak": self.peak}

    def __str__(self):
        return f"{self.wall:.2f} s, CPU {self.cpu:.2f} s, {self.peak / 1e6:.0f} MB" + " (ended)" * self.is_ended


def run(command, environment, log, limit=0):
    """Runs a program to its end, or ends it after `limit` seconds. Its output goes into the file `log`."""
    command = [str(it) for it in command]
    # Nothing that was written before is still on its way to the disk.
    os.sync()
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [(os.POSIX_SPAWN_OPEN, 1, str(log), flags, 0o600), (os.POSIX_SPAWN_OPEN, 2, f"{log}.talk", flags, 0o600)]
    begin = time.monotonic()
    process = os.posix_spawn(command[0], command, environment, file_actions=actions)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(process, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        _, status, usage = os.wait4(process, 0)
    except BaseException:
        os.kill(process, signal.SIGKILL)
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    wall = time.monotonic() - begin
    is_ended = os.WIFSIGNALED(status) and bool(limit) and wall >= limit
    if status != 0 and not is_ended:
        talk = pathlib.Path(f"{log}.talk").read_text(errors="replace")
        raise Failure(f"`{' '.join(command)}` failed with {os.waitstatus_to_exitcode(status)}:\n{talk[-2000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, is_ended)


def floor():
    """Returns the least peak that `run` can tell, in bytes: a process begins as a copy of this one."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def tree_size(folder):
    """Returns the bytes in all files of a folder, and how many files there are."""
    size = files = 0
    for path, _, names in os.walk(folder):
        for name in names:
            size += os.lstat(os.path.join(path, name)).st_size
            files += 1
    return size, files


class Server:
    """A preview server that runs within a `with`, and one connection to it that is kept."""

    def __init__(self, command, environment, log, where):
        self.port, self.page = where
        self.begin = time.monotonic()
        self.log = pathlib.Path(log)
        with open(log, "wb") as output:
            self.process = subprocess.Popen([str(it) for it in command], env=environment, stdout=output, stderr=output)
        self.connection = None

    def __enter__(self):
        try:
            while self.ask() is None:
                if self.process.poll() is not None or time.monotonic() - self.begin > PATIENCE:
                    raise Failure(f"the server did not begin:\n{self.log.read_text(errors='replace')[-2000:]}")
                time.sleep(0.01)
        except BaseException:
            self.__exit__()
            raise
        self.start = time.monotonic() - self.begin
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def ask(self):
        """Returns the page, or nothing while there is none."""
        if self.port is None:
            # The first address that it tells.
            told = re.search(rb"http://127\.0\.0\.1:(\d+)/", self.log.read_bytes())
            if told is None:
                return None
            self.port = int(told[1])
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            self.connection.request("GET", self.page)
            answer = self.connection.getresponse()
            body = answer.read()
            return body if answer.status == 200 else None
        except (OSError, http.client.HTTPException):
            self.connection = None
            return None

    def edits(self, path, way, count, beside):
        """Saves a document again and again with a new word in it; returns the seconds until each was served."""
        before = path.read_text(encoding="utf-8")
        head, heading, rest = before.partition("\n## Scope\n\n")
        if not heading:
            raise Failure(f"`{path}` has no scope to edit")
        found = []
        chance = random.Random(7)
        try:
            for number in range(count + 1):
                word = f"edit{way}{os.getpid()}x{number}"
                text = f"{head}{heading}Revised as {word}. {rest}"
                self.settle()
                # No edit falls on the same point of whatever the server does every so often.
                time.sleep(0.2 * chance.random())
                begin = save(path, text, way, beside)
                latency = self.until(word.encode(), begin)
                # The first edit is not counted: servers that look at more after it are warm then.
                if number > 0:
                    found.append(latency)
        finally:
            save(path, before, way, beside)
            self.settle()
        return found

    def until(self, word, begin):
        while word not in (self.ask() or b""):
            if time.monotonic() - begin > PATIENCE:
                raise Failure(f"an edit was not served after {PATIENCE} seconds")
            time.sleep(PAUSE)
        return time.monotonic() - begin

    def settle(self):
        """Waits until the server does nothing."""
        before = -1
        while before != (now := self.worked()):
            before = now
            time.sleep(0.25)

    def worked(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    def peak(self):
        """Returns the most memory that the server held at once, in bytes."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024


def save(path, text, way, beside):
    """Saves a file and returns when that began: in place, or as a finished file that takes the place of the old one."""
    if way == "write":
        begin = time.monotonic()
        path.write_text(text, encoding="utf-8")
    else:
        beside.write_text(text, encoding="utf-8")
        begin = time.monotonic()
        os.replace(beside, path)
    return begin
