"""A proxy that answers nothing and writes down who asked: nothing leaves the machine unseen."""

import socket
import threading

_ANSWER = b"HTTP/1.1 502 Nothing is fetched here\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Recorder:
    """Listens on a port of this machine until it is closed."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._lines: list[str] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Of the proxy, as a browser wants it."""
        host, port = self._listener.getsockname()
        return f"http://{host}:{port}"

    def lines(self) -> tuple[str, ...]:
        """The first line of each request so far."""
        with self._lock:
            return tuple(self._lines)

    def forget(self) -> None:
        """Begin a new record."""
        with self._lock:
            self._lines.clear()

    def close(self) -> None:
        """Stop listening."""
        # A listener that is only closed leaves its thread waiting.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _listen(self) -> None:
        while True:
            try:
                connection, _address = self._listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(1)
                try:
                    first = connection.recv(65536).split(b"\r\n", 1)[0].decode("latin-1")
                except OSError:
                    first = "(a connection without a request)"
                with self._lock:
                    self._lines.append(first)
                try:
                    connection.sendall(_ANSWER)
                except OSError:
                    continue
