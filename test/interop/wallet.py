"""Opens with the official Python wallet what tao wrote, and writes a wallet for tao to open.

Usage: wallet.py WALLETS COLDKEY_ADDRESS PASSWORD
Prints one line per thing it proved; ends with status 1 at the first that is not so.
"""

import base64
import os
import sys

from bittensor_wallet import Keypair, Wallet


def prove(name: str, is_so: bool) -> None:
    print(("ok   " if is_so else "FAIL ") + name)
    if not is_so:
        sys.exit(1)


def offer_password(path: str, password: str) -> None:
    """The official variable of one key file: base64 of the password XOR the variable's name."""
    name = "BT_PW_" + path.replace("/", "_").replace(".", "_").upper()
    secret = password.encode()
    mask = name.encode()
    mixed = bytes(byte ^ mask[index % len(mask)] for index, byte in enumerate(secret))
    os.environ[name] = base64.b64encode(mixed).decode()


def main() -> None:
    root, address, password = sys.argv[1:4]

    ours = Wallet(name="ours", hotkey="default", path=root)
    prove("reads the public file", ours.get_coldkeypub().ss58_address == address)
    prove("sees that the coldkey is encrypted", ours.coldkey_file.is_encrypted())
    offer_password(f"{root}/ours/coldkey", password)
    key = ours.get_coldkey()
    prove("opens the encrypted coldkey", key.ss58_address == address)
    prove("opens the plain hotkey", ours.get_hotkey().ss58_address != address)
    signature = key.sign(b"a message")
    prove("signs with it", Keypair(ss58_address=address).verify(b"a message", signature))

    theirs = Wallet(name="theirs", hotkey="default", path=root)
    offer_password(f"{root}/theirs/coldkey", password)
    pair = Keypair.create_from_uri("//Alice")
    theirs.set_coldkeypub(pair, encrypt=False, overwrite=True)
    theirs.set_coldkey(
        pair, encrypt=True, overwrite=True, save_coldkey_to_env=False, coldkey_password=password
    )
    theirs.set_hotkey(Keypair.create_from_uri("//Bob"), encrypt=False, overwrite=True)
    prove("wrote a wallet of its own", theirs.coldkey_file.is_encrypted())


main()
