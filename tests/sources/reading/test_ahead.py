"""Reading one item ahead changes neither the items, nor their order, nor where an exception comes."""

import threading

import pytest

from signaux_faibles.sources.reading.ahead import one_ahead


def test_the_items_come_in_order():
    assert list(one_ahead(iter(range(5)))) == [0, 1, 2, 3, 4]
    assert list(one_ahead(iter([None, None]))) == [None, None]
    assert list(one_ahead(iter([]))) == []


def test_an_exception_comes_after_the_items_before_it():
    def failing():
        yield 1
        raise EOFError

    items = one_ahead(failing())
    assert next(items) == 1
    with pytest.raises(EOFError):
        next(items)


def test_one_item_only_is_made_ahead():
    made = []

    def noted():
        for place in range(10):
            made.append(place)
            yield place

    items = one_ahead(noted())
    assert next(items) == 0
    items.close()
    assert made == [0, 1]


def test_no_thread_is_left_behind():
    items = one_ahead(iter(range(10)))
    next(items)
    items.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("read-ahead")]
