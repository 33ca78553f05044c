import pytest

from mailbot.letters import SignedRef, decision_key, is_genuine, sign

SECRET = b"a secret of thirty-two characters"


@pytest.mark.parametrize(("ref", "number"), [("N-0412", 412), ("N-0412.2", 412), ("Q-0117", 117)])
def test_a_signed_reference_is_found_again_in_any_case(ref: str, number: int) -> None:
    signed = sign(decision_key(SECRET, number), ref, "dana@harbourpine.example")
    for written in (signed, signed.upper(), f" {signed}\n"):
        found = SignedRef.parse(written)
        assert found is not None
        assert (found.ref, found.number) == (ref, number)
        assert is_genuine(SECRET, found, "dana@harbourpine.example")


def test_a_signature_is_for_one_letter_one_address_and_one_secret() -> None:
    signed = sign(decision_key(SECRET, 412), "N-0412", "dana@harbourpine.example")
    found = SignedRef.parse(signed)
    assert found is not None
    assert not is_genuine(SECRET, found, "tom@harbourpine.example")
    assert not is_genuine(b"another secret", found, "dana@harbourpine.example")
    for other in ("N-0413", "N-0412.2"):
        assert not is_genuine(SECRET, SignedRef(other, found.signature), "dana@harbourpine.example")


@pytest.mark.parametrize("written", ["", "n-0412", "n-0412-short", "-9kq2x7m3ab", "9kq2x7m3ab", "n-0412-9kq2x7m3abc"])
def test_anything_else_is_no_reference(written: str) -> None:
    assert SignedRef.parse(written) is None
