"""The process behind `read_sheet_isolated`: an order on standard input, the result in a folder."""

import sys

from yizhou.ledgers.reading.isolated import serve

if __name__ == "__main__":
    code, said = serve(sys.stdin.buffer.read())
    sys.stdout.buffer.write(said)
    sys.exit(code)
