"""A zero byte, which a broken reader or a mischievous hand can send, never breaks a page."""

import json

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/api/people/people?q=%00", "/scanner/?code=lot:%00", "/%00"])
def test_an_address_with_a_zero_byte_leads_nowhere(address):
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("body", [{"title": "a\0b"}, {"title": {"deep": ["a\0"]}}, {"ti\0tle": "a"}])
def test_a_body_with_a_zero_byte_is_not_read(body):
    from pydantic import ValidationError, create_model

    from strate.workshop.doors.verbs import Strict, holds_a_broken_sign

    assert holds_a_broken_sign(json.loads(json.dumps(body)))
    with pytest.raises(ValidationError, match="zero byte"):
        create_model("TitleIn", __base__=Strict, title=(object, None)).model_validate(body)
